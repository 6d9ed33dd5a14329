package dev.aicore.discovery.healthchecks.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Key with a self-signed certificate, created by the JDK's keytool for one test. */
record SelfSignedCertificate(X509Certificate certificate, ServerSocketFactory sockets, Path key, Path chain) {

    private static final String PASSWORD = "of a test";

    /**
     * Creates a certificate.
     *
     * @param names subject alternative names, e.g. {@code dns:localhost,ip:127.0.0.1}
     */
    static SelfSignedCertificate of(Path folder, String names) throws Exception {
        var file = Files.createTempDirectory(folder, "tls").resolve("keys.p12");
        var tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test",
                        "-validity",
                        "2",
                        "-ext",
                        "san=" + names,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException(said);
        }
        return read(file);
    }

    private static SelfSignedCertificate read(Path file) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var certificate = (X509Certificate) keys.getCertificate("it");
        var key = pem(
                file.resolveSibling("key.pem"),
                "PRIVATE KEY",
                keys.getKey("it", PASSWORD.toCharArray()).getEncoded());
        var chain = pem(file.resolveSibling("chain.pem"), "CERTIFICATE", certificate.getEncoded());
        return new SelfSignedCertificate(certificate, context.getServerSocketFactory(), key, chain);
    }

    private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
        var text = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
