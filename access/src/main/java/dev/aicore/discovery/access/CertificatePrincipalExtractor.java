package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Extracts the identity from a client certificate: the common name of its subject. The TLS handshake has verified that
 * a configured issuer signed it. Its expiry is checked at each request.
 */
final class CertificatePrincipalExtractor {

    private static final String COMMON_NAME = "CN";
    private static final String CERTIFICATE = "certificate";

    private final TlsSettings settings;
    private final TimeSource time;

    CertificatePrincipalExtractor(TlsSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Returns the identity; null if the connection has no client certificate, or mutual TLS is off.
     *
     * @throws RegistryException {@code unauthorized} if the certificate has expired or has no valid common name
     */
    @Nullable
    Identity of(ServerHttpRequest request) {
        var tls = settings.mutual() ? request.getSslInfo() : null;
        var chain = tls == null ? null : tls.getPeerCertificates();
        return chain == null || chain.length == 0 ? null : identity(chain[0]);
    }

    private Identity identity(X509Certificate certificate) {
        long end = certificate.getNotAfter().toInstant().toEpochMilli();
        if (end <= time.now().toEpochMilli()) {
            throw AuthenticationErrors.of(
                    "The certificate of the connection has expired.",
                    CERTIFICATE,
                    "has expired",
                    "a certificate that is valid now");
        }
        var name = commonName(certificate);
        if (!TokenClaimsValidator.isPrincipal(name)) {
            throw AuthenticationErrors.of(
                    "The common name (CN) of the connection's certificate is not a valid principal.",
                    CERTIFICATE,
                    "has no valid principal as its common name",
                    "a common name of " + PrincipalNameRule.EXPECTED);
        }
        return new Identity(name, settings.clientRole(), null, 0, end);
    }

    /** Returns the innermost common name; empty if there is none. */
    private static String commonName(X509Certificate certificate) {
        try {
            String found = "";
            for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase(COMMON_NAME)) {
                    found = String.valueOf(part.getValue());
                }
            }
            return found;
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
