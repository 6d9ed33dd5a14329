package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of TLS. The record does not read the files; {@link #requireFiles()} validates them. An empty file is null.
 *
 * @param certificate PEM file with the server's certificate, followed by the certificates up to its issuer; empty =
 *     connections aren't encrypted. Changed files are reloaded within some seconds; if one can't be used, the log says
 *     so, and the previous one stays in use
 * @param privateKey PEM file with the private key of the server's certificate, without a password
 * @param clientCa PEM file with the issuers of client certificates; empty = client certificates aren't requested
 * @param clientCertificates one of optional, required; required = connections without a client certificate are refused;
 *     needs client_ca
 * @param clientRole one of admin, operator, viewer, service; role of callers with a client certificate, whose common
 *     name is the principal
 * @param hstsMaxAge 0 to 730d; time for which browsers use HTTPS only (HSTS); 0 = no such header
 */
@ConfigurationProperties("service-discovery.server.tls")
public record TlsSettings(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @Nullable Path clientCa,
        @DefaultValue("optional") String clientCertificates,
        @DefaultValue("service") String clientRole,

        @DefaultValue("365d") @DurationUnit(ChronoUnit.SECONDS)
        Duration hstsMaxAge) {

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
                    PREFIX + "certificate", null, "a server certificate, because client_ca is set");
        }
        clientCertificates = SettingConstraints.oneOf(
                PREFIX + "client_certificates", clientCertificates, List.of("optional", REQUIRED));
        if (clientCa == null && clientCertificates.equals(REQUIRED)) {
            throw InvalidSettingException.of(
                    PREFIX + "client_ca",
                    null,
                    "the issuers of client certificates, because client_certificates is '" + REQUIRED + "'");
        }
        clientRole = SettingConstraints.oneOf(PREFIX + "client_role", clientRole, RbacSettings.ROLES);
        hstsMaxAge =
                SettingConstraints.between(PREFIX + "hsts_max_age", hstsMaxAge, Duration.ZERO, Duration.ofDays(730));
    }

    /** Returns true if connections are encrypted. */
    public boolean enabled() {
        return certificate != null;
    }

    /** Returns true if callers may send client certificates. */
    public boolean mutual() {
        return clientCa != null;
    }

    /**
     * Validates the files.
     *
     * @throws InvalidSettingException if a file can't be read or has the wrong contents, or if the key does not belong
     *     to the certificate
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
