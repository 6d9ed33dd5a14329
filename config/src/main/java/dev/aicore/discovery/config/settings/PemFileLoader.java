package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.pem.PemContent;

/** Loads and validates PEM files of certificates and keys before a server starts with them. */
final class PemFileLoader {

    private PemFileLoader() {}

    /**
     * Loads the certificates of a file.
     *
     * @throws InvalidSettingException if the file can't be read or contains no certificate
     */
    static List<X509Certificate> certificates(String key, Path file) {
        String expected = "a readable file with PEM certificates";
        try {
            List<X509Certificate> certificates = PemContent.load(file).getCertificates();
            if (certificates != null && !certificates.isEmpty()) {
                return certificates;
            }
        } catch (IOException | RuntimeException unreadable) {
            throw InvalidSettingException.of(key, file, expected);
        }
        throw InvalidSettingException.of(key, file, expected);
    }

    /**
     * Validates that a private key belongs to the first certificate of a file.
     *
     * @throws InvalidSettingException if a file can't be read, or the key does not belong to the first certificate
     */
    static void requirePair(String certificateKey, Path certificate, String privateKeyKey, Path privateKey) {
        X509Certificate first = certificates(certificateKey, certificate).getFirst();
        if (!matches(first, privateKey(privateKeyKey, privateKey))) {
            throw InvalidSettingException.of(
                    privateKeyKey, privateKey, "the key of the first certificate in " + certificate);
        }
    }

    private static PrivateKey privateKey(String key, Path file) {
        String expected = "a readable file with an unencrypted PEM private key";
        try {
            PrivateKey found = PemContent.load(file).getPrivateKey();
            if (found != null) {
                return found;
            }
        } catch (IOException | RuntimeException unreadable) {
            throw InvalidSettingException.of(key, file, expected);
        }
        throw InvalidSettingException.of(key, file, expected);
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
