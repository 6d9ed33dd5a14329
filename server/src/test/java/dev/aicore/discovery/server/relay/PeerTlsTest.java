package dev.aicore.discovery.server.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Connects to a node with a certificate. */
class PeerTlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static DisposableServer peer;

    @BeforeAll
    static void start() throws SSLException {
        var issuer = new TestCertificateAuthority(directory);
        issuer.issue("peer", "CN=peer", directory.resolve("peer"), directory.resolve("peer.key"));
        issuer.issue("other", "CN=other", directory.resolve("other"), directory.resolve("other.key"));
        var context = SslContextBuilder.forServer(
                        directory.resolve("peer").toFile(),
                        directory.resolve("peer.key").toFile())
                .build();
        peer = HttpServer.create()
                .host("127.0.0.1")
                .secure(spec -> spec.sslContext(context))
                .handle((_, response) -> response.status(200).send())
                .bindNow();
    }

    @AfterAll
    static void stop() {
        peer.disposeNow();
    }

    @Test
    void secured_publishedCertificate_isTrusted() {
        assertThat(statusOf(tls("peer").fingerprint())).isEqualTo(200);
    }

    /** Another certificate of the same issuer may be anyone's. */
    @Test
    void secured_anotherCertificate_isNotTrusted() {
        var published = tls("other").fingerprint();
        assertThatThrownBy(() -> statusOf(published)).hasRootCauseInstanceOf(Exception.class);
    }

    @Test
    void withoutTls_nothingIsPublished() {
        var plain = new PeerTls(new TlsSettings(null, null, null, "optional", "service", Duration.ZERO));
        assertThat(plain.fingerprint()).isNull();
        assertThat(plain.scheme()).isEqualTo("http");
        assertThat(tls("peer").scheme()).isEqualTo("https");
    }

    private static PeerTls tls(String name) {
        return new PeerTls(new TlsSettings(
                directory.resolve(name), directory.resolve(name + ".key"), null, "optional", "service", Duration.ZERO));
    }

    private static int statusOf(@Nullable String fingerprint) {
        var address = new NodeAddress("peer", "https://127.0.0.1:" + peer.port(), "secret", fingerprint);
        return Objects.requireNonNull(tls("peer")
                .secured(HttpClient.create(), address)
                .get()
                .uri(address.address() + "/")
                .responseSingle((response, _) -> Mono.just(response.status().code()))
                .block(PATIENCE));
    }
}
