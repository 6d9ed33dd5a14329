package dev.aicore.discovery.config.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Issues certificates for tests, with the JDK's keytool. */
public final class TestCertificateAuthority {

    private static final String PASSWORD = "changeit";
    private static final String ISSUER = "issuer";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    private final Path directory;
    private final Path store;

    /**
     * @param directory directory of its files, with its own certificate as {@code issuer.pem}; one issuer per directory
     */
    public TestCertificateAuthority(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("issuer.p12");
        keytool("-genkeypair", "-alias", ISSUER, "-dname", "CN=" + ISSUER, "-ext", "bc:c");
        replace(
                directory.resolve("issuer.pem"),
                pem("CERTIFICATE", encoded(chain(ISSUER).getFirst())));
    }

    /**
     * Sets the certificate and the key of the tested server to two files of the directory, which {@link #ofServer}
     * writes.
     */
    public static void serve(DynamicPropertyRegistry registry, Path directory) {
        registry.add(
                "service-discovery.server.tls.certificate",
                () -> directory.resolve("c").toString());
        registry.add(
                "service-discovery.server.tls.private-key",
                () -> directory.resolve("k").toString());
    }

    /** Creates an issuer in the directory, and writes the files that {@link #serve} names. */
    public static TestCertificateAuthority ofServer(Path directory) {
        var issuer = new TestCertificateAuthority(directory);
        issuer.issue("server", "CN=localhost", directory.resolve("c"), directory.resolve("k"));
        return issuer;
    }

    /**
     * Issues a certificate of the subject for this machine, and writes it and its key to two PEM files, each
     * atomically.
     */
    public void issue(String alias, String subject, Path certificate, Path key) {
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                subject,
                "-signer",
                ISSUER,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        var text = new StringBuilder();
        chain(alias).forEach(each -> text.append(pem("CERTIFICATE", encoded(each))));
        replace(certificate, text.toString());
        try {
            replace(
                    key,
                    pem(
                            "PRIVATE KEY",
                            keys().getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Creates the TLS context of a client that trusts this issuer.
     *
     * @param alias alias of the client certificate; null for none
     */
    public SSLContext client(@Nullable String alias) {
        return client(alias, this);
    }

    /** Creates the TLS context of a client that trusts this issuer and has a certificate of another one. */
    public SSLContext client(@Nullable String alias, TestCertificateAuthority from) {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ISSUER, chain(ISSUER).getFirst());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var shown = KeyStore.getInstance("PKCS12");
            shown.load(null, null);
            if (alias != null) {
                shown.setKeyEntry(
                        alias,
                        from.keys().getKey(alias, PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        from.chain(alias).toArray(Certificate[]::new));
            }
            var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(shown, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<Certificate> chain(String alias) {
        try {
            return Arrays.asList(keys().getCertificateChain(alias));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore keys() {
        try (var file = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    private void replace(Path file, String text) {
        try {
            var next = Files.writeString(directory.resolve("next.pem"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
