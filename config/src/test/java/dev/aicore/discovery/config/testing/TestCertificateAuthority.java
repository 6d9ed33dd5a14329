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

/** An issuer of certificates for tests, made by the JDK's keytool. */
public final class TestCertificateAuthority {

    private static final String PASSWORD = "changeit";
    private static final String ISSUER = "issuer";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    private final Path directory;
    private final Path store;

    /** @param directory where it keeps its files, its own certificate as {@code issuer.pem}; there is one issuer in each */
    public TestCertificateAuthority(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("issuer.p12");
        keytool("-genkeypair", "-alias", ISSUER, "-dname", "CN=" + ISSUER, "-ext", "bc:c");
        replace(
                directory.resolve("issuer.pem"),
                pem("CERTIFICATE", encoded(chain(ISSUER).getFirst())));
    }

    /** Names two files of a directory as the certificate and the key of the server that is tested: {@link #ofServer} makes them. */
    public static void serve(DynamicPropertyRegistry registry, Path directory) {
        registry.add(
                "service-discovery.server.tls.certificate",
                () -> directory.resolve("c").toString());
        registry.add(
                "service-discovery.server.tls.private-key",
                () -> directory.resolve("k").toString());
    }

    /** Makes an issuer in the directory, and the files that {@link #serve} names. */
    public static TestCertificateAuthority ofServer(Path directory) {
        var issuer = new TestCertificateAuthority(directory);
        issuer.issue("server", "CN=localhost", directory.resolve("c"), directory.resolve("k"));
        return issuer;
    }

    /** Issues one for that subject, good for this machine, and writes it with its key to the two PEM files, each at once. */
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
     * For a client that trusts this issuer.
     *
     * @param alias whose certificate it shows; null for none
     */
    public SSLContext client(@Nullable String alias) {
        return client(alias, this);
    }

    /** The same, but that its certificate is from another issuer. */
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
