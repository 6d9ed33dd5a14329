package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the certificates that identify the Redis server of a {@code rediss://} URL. An empty {@code ca} is null.
 *
 * @param ca PEM file with the issuers of the certificate of a rediss:// server; empty = the issuers that Java trusts
 */
@ConfigurationProperties("service-discovery.database.redis.tls")
public record RedisTlsSettings(@Nullable Path ca) {

    private static final String KEY = "database.redis.tls.ca";

    public RedisTlsSettings {
        ca = ca == null || ca.toString().isBlank() ? null : ca;
        if (ca != null) {
            PemFileLoader.certificates(KEY, ca);
        }
    }

    /** Returns the certificates of {@code ca}; empty if {@code ca} is null. */
    public List<X509Certificate> issuers() {
        return ca == null ? List.of() : PemFileLoader.certificates(KEY, ca);
    }
}
