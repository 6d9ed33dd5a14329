package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whom to believe that it is the Redis of a {@code rediss://} URL.
 *
 * @param ca PEM, issuers of its certificate; null: those that Java knows
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

    /** The certificates of {@code ca}; none if it isn't given. */
    public List<X509Certificate> issuers() {
        return ca == null ? List.of() : PemFileLoader.certificates(KEY, ca);
    }
}
