package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Loads and validates PEM files of certificates and keys before a server starts with them. Spring Boot parses the files
 * and creates its SSL bundle from them; its own errors name no setting, and its {@code verify-keys} accepts the key of
 * any certificate in the file, not only of the first, which is the one that the server presents.
 */
final class PemFileLoader {

    private PemFileLoader() {}

    /**
     * Loads the certificates of a file.
     *
     * @throws InvalidSettingException if the file can't be read or contains no certificate
     */
    static List<X509Certificate> certificates(String key, Path file) {
        return load(key, file, "a readable file with PEM certificates", pem -> {
            List<X509Certificate> certificates = pem.getCertificates();
            return certificates == null || certificates.isEmpty() ? null : certificates;
        });
    }

    /**
     * Validates that a private key belongs to the first certificate of a file.
     *
     * @throws InvalidSettingException if a file can't be read, or the key does not belong to the first certificate
     */
    static void requirePair(String certificateKey, Path certificate, String privateKeyKey, Path privateKey) {
        X509Certificate first = certificates(certificateKey, certificate).getFirst();
        PrivateKey key = load(
                privateKeyKey,
                privateKey,
                "a readable file with an unencrypted PEM private key",
                PemContent::getPrivateKey);
        if (!matches(first, key)) {
            throw InvalidSettingException.of(
                    privateKeyKey, privateKey, "the key of the first certificate in " + certificate);
        }
    }

    private static <T> T load(String key, Path file, String expected, Function<PemContent, @Nullable T> content) {
        T found = null;
        try {
            found = content.apply(PemContent.load(file));
        } catch (IOException | RuntimeException unreadable) {
            // Reported below, as a file without the content.
        }
        if (found == null) {
            throw InvalidSettingException.of(key, file, expected);
        }
        return found;
    }

    /** Returns true if the certificate verifies a signature of the key. */
    private static boolean matches(X509Certificate certificate, PrivateKey key) {
        String algorithm = key.getAlgorithm();
        String signed = switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        };
        byte[] anything = {1};
        try {
            Signature signature = Signature.getInstance(signed);
            signature.initSign(key);
            signature.update(anything);
            byte[] made = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(anything);
            return signature.verify(made);
        } catch (GeneralSecurityException differentKinds) {
            return false;
        }
    }
}
