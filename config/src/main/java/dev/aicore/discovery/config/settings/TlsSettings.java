package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Encrypted connections. Whether the files are good is asked of {@link #requireFiles()}.
 *
 * @param certificate        PEM, the server's first and then those that lead to its issuer; null: connections aren't encrypted
 * @param privateKey         PEM, the key of the first of them
 * @param clientCa           PEM, issuers of callers' certificates; null: callers aren't asked for any
 * @param clientCertificates {@code optional} or {@code required}
 * @param clientRole         the role of callers who show one; one of {@link RbacSettings#ROLES}
 * @param hstsMaxAge         0 s to 730 d; for so long browsers are to come by HTTPS alone; 0 s says nothing
 */
@ConfigurationProperties("service-discovery.server.tls")
public record TlsSettings(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @Nullable Path clientCa,
        String clientCertificates,
        String clientRole,
        @DurationUnit(ChronoUnit.SECONDS) Duration hstsMaxAge) {

    static final String REQUIRED = "required";
    static final String PREFIX = "server.tls.";

    public TlsSettings {
        certificate = absentIfBlank(certificate);
        privateKey = absentIfBlank(privateKey);
        clientCa = absentIfBlank(clientCa);
        if (certificate == null && privateKey != null) {
            throw InvalidSettingException.of(PREFIX + "certificate", null, "the certificate of private_key");
        }
        if (certificate != null && privateKey == null) {
            throw InvalidSettingException.of(
                    PREFIX + "private_key", null, "the key of the first certificate in certificate");
        }
        if (certificate == null && clientCa != null) {
            throw InvalidSettingException.of(
                    PREFIX + "certificate", null, "one of the server's own, since there is a client_ca");
        }
        clientCertificates = SettingConstraints.oneOf(
                PREFIX + "client_certificates", clientCertificates, List.of("optional", REQUIRED));
        clientRole = SettingConstraints.oneOf(PREFIX + "client_role", clientRole, RbacSettings.ROLES);
        hstsMaxAge =
                SettingConstraints.between(PREFIX + "hsts_max_age", hstsMaxAge, Duration.ZERO, Duration.ofDays(730));
    }

    /** Whether connections are encrypted. */
    public boolean enabled() {
        return certificate != null;
    }

    /** Whether callers may show certificates. */
    public boolean mutual() {
        return clientCa != null;
    }

    /**
     * Looks into the files.
     *
     * @throws InvalidSettingException if one can't be read, isn't PEM of its kind, or the key is another certificate's
     */
    public void requireFiles() {
        if (certificate != null && privateKey != null) {
            PemFileLoader.requirePair(PREFIX + "certificate", certificate, PREFIX + "private_key", privateKey);
        }
        if (clientCa != null) {
            PemFileLoader.certificates(PREFIX + "client_ca", clientCa);
        }
    }

    private static @Nullable Path absentIfBlank(@Nullable Path path) {
        return path == null || path.toString().isBlank() ? null : path;
    }
}
