package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.settings.SettingFailureAnalyzer;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.testing.RawHttpClient;
import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests an encrypting server outside development that requests client certificates. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "spring.ssl.bundle.watch.file.quiet-period=100ms",
            "service-discovery.environment=production",
            "service-discovery.server.tls.hsts-max-age=1d"
        })
@ImportAutoConfiguration(SslAutoConfiguration.class)
class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    @TempDir
    static Path elsewhere;

    private static TestCertificateAuthority issuer;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) {
        registry.add(
                "service-discovery.server.tls.certificate", () -> certificate().toString());
        registry.add("service-discovery.server.tls.private-key", () -> key().toString());
        registry.add(
                "service-discovery.server.tls.client-ca",
                () -> directory.resolve("issuer.pem").toString());
    }

    @BeforeAll
    static void issue() {
        issuer = new TestCertificateAuthority(directory);
        issuer.issue("first", "CN=localhost", certificate(), key());
        for (var name : new String[] {"web-1", "registry"}) {
            issuer.issue(name, "CN=" + name + ",OU=team", directory.resolve(name), directory.resolve(name + ".key"));
        }
    }

    @Test
    void commonName_ofClientCertificate_isPrincipal() {
        var answer = get(issuer.client("web-1"), "/things/caller");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"principal\":\"web-1\"", "\"role\":\"service\"");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=86400");
    }

    @Test
    void request_withoutClientCertificate_returns401ExceptHealth() {
        assertThat(get(issuer.client(null), "/things/caller").statusCode()).isEqualTo(401);
        assertThat(get(issuer.client(null), "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void clientCertificate_withReservedName_returns401() {
        assertThat(get(issuer.client("registry"), "/things/caller").statusCode())
                .isEqualTo(401);
    }

    @Test
    void clientCertificate_ofUntrustedIssuer_failsHandshake() {
        var stranger = new TestCertificateAuthority(elsewhere);
        stranger.issue("web-1", "CN=web-1", elsewhere.resolve("c"), elsewhere.resolve("k"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> get(issuer.client("web-1", stranger), "/things/caller"));
    }

    @Test
    void plaintextRequest_isNotAnswered() {
        assertThat(RawHttpClient.send(port, "GET /health HTTP/1.1", "Host: localhost", "Connection: close"))
                .doesNotContain("200 OK");
    }

    @Test
    void serverCertificate_ifReplaced_isReloaded() throws IOException {
        var before = serial();
        Files.writeString(certificate(), "nothing");
        issuer.issue("second", "CN=localhost", certificate(), key());
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> !serial().equals(before));
        assertThat(get(issuer.client("web-1"), "/things/caller").statusCode()).isEqualTo(200);
    }

    @Test
    void unusableTlsFiles_areRefusedByName() throws IOException {
        var other = directory.resolve("web-1.key");
        var nothing = Files.writeString(directory.resolve("nothing.pem"), "nothing");
        refused(
                settings(directory.resolve("web-1"), directory.resolve("registry.key")),
                "server.tls.private_key is '",
                "', expected the key of the first certificate in ");
        var chain = Files.writeString(
                directory.resolve("chain.pem"),
                Files.readString(directory.resolve("registry")) + Files.readString(directory.resolve("web-1")));
        refused(
                settings(chain, other),
                "server.tls.private_key is '",
                "', expected the key of the first certificate in ");
        refused(
                settings(directory.resolve("missing.pem"), other),
                "server.tls.certificate is '",
                "expected a readable file with PEM certificates");
        refused(
                settings(nothing, other),
                "server.tls.certificate is '",
                "expected a readable file with PEM certificates");
        refused(
                settings(directory.resolve("web-1"), nothing),
                "server.tls.private_key is '",
                "expected a readable file with an unencrypted PEM private key");
        Assertions.assertThatCode(
                        () -> settings(directory.resolve("web-1"), other).requireFiles())
                .doesNotThrowAnyException();
        assertThat(SettingFailureAnalyzer.line(
                        Assertions.catchThrowable(() -> settings(directory.resolve("web-1"), Path.of("")))))
                .hasValue(
                        "server.tls.private_key is missing, expected the key of the first certificate in certificate");
    }

    /** Returns the serial number of the certificate that the server shows to a new connection. */
    private BigInteger serial() {
        var session = get(issuer.client(null), "/health").sslSession().orElseThrow();
        try {
            return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
        } catch (SSLPeerUnverifiedException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(SSLContext tls, String path) {
        try (var http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void refused(TlsSettings settings, String begin, String middle) {
        assertThat(SettingFailureAnalyzer.line(Assertions.catchThrowable(settings::requireFiles)))
                .hasValueSatisfying(line -> assertThat(line).startsWith(begin).contains(middle));
    }

    private static TlsSettings settings(Path certificate, Path key) {
        return SettingsBinder.with(Map.of(
                        "service-discovery.server.tls.certificate", certificate.toString(),
                        "service-discovery.server.tls.private-key", key.toString()))
                .get(TlsSettings.class);
    }

    private static Path certificate() {
        return directory.resolve("server.pem");
    }

    private static Path key() {
        return directory.resolve("server.key");
    }
}
