package dev.aicore.discovery.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Tests that encrypted connections negotiate a protocol, and that callers are limited in both protocols. Each wait ends
 * because the server closes the connection.
 */
@SpringBootTest(
        classes = {TestServer.class, LargeResponseController.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "service-discovery.server.receive-timeout=1s",
            "service-discovery.server.idle-timeout=2s",
            "service-discovery.server.request-timeout=2s"
        })
@ImportAutoConfiguration(SslAutoConfiguration.class)
class Http2Test {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The preface, an empty SETTINGS, and a HEADERS that declares more bytes than follow. */
    private static final byte[] HEAD_THAT_DOESNT_END =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\20\0\1\4\0\0\0\1".getBytes(US_ASCII);

    private static final int PAUSE_MILLIS = 300;
    private static final int MOST_DROPS = 400;

    @TempDir
    static Path directory;

    private static TestCertificateAuthority issuer;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) {
        TestCertificateAuthority.serve(registry, directory);
    }

    @BeforeAll
    static void issue() {
        issuer = TestCertificateAuthority.ofServer(directory);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void negotiatedProtocol_doesNotChangeResponses(Version version) throws Exception {
        var answer = send(version, request("/things").GET());
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        var refusal = send(version, request("/things/none").GET());
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var large = send(
                version,
                request("/things")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(new byte[100_000])));
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void sequentialRequests_overHttp2Client_areAllAnswered() throws Exception {
        try (var http = client(Version.HTTP_2)) {
            for (int i = 0; i < 300; i++) {
                assertThat(http.send(request("/things/" + i).GET().build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void unreadResponse_overHttp2_losesOnlyStream() throws Exception {
        try (var http = client(Version.HTTP_2)) {
            Future<?> _ = http.sendAsync(
                    request(LargeResponseController.PATH).GET().build(), BodyHandlers.fromSubscriber(new NotReading()));
            await().until(() -> LargeResponseController.streams() == 1);
            await().until(() -> LargeResponseController.streams() == 0);
            assertThat(http.send(request("/things/1").GET().build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            http.shutdownNow();
        }
    }

    private static final class NotReading implements Flow.Subscriber<List<ByteBuffer>> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            // Requests nothing.
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            throw new AssertionError("Nothing was asked for");
        }

        @Override
        public void onError(Throwable failure) {
            // The client doesn't report errors to a subscriber that requests nothing.
        }

        @Override
        public void onComplete() {
            throw new AssertionError("Nothing was read");
        }
    }

    @Test
    void slowRequestHead_losesConnectionInBothProtocols() throws IOException {
        assertThat(sendSlowly("http/1.1", "GET /things HTTP/1.1\r\nHost: local".getBytes(US_ASCII)))
                .doesNotContain(" 200");
        sendSlowly("h2", HEAD_THAT_DOESNT_END);
    }

    /**
     * Sends the bytes and then single bytes, until the server closes the connection. Returns everything that it
     * answered.
     */
    private String sendSlowly(String protocol, byte[] said) throws IOException {
        try (var socket = (SSLSocket) issuer.client(null).getSocketFactory().createSocket("127.0.0.1", port)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
            socket.getOutputStream().write(said);
            socket.setSoTimeout(PAUSE_MILLIS);
            var heard = new StringBuilder();
            for (int drops = 0; drops < MOST_DROPS; drops++) {
                if (endsWithin(socket, heard)) {
                    return heard.toString();
                }
                socket.getOutputStream().write('a');
            }
            throw new AssertionError("The server goes on listening to bytes that drip in");
        } catch (SocketException ended) {
            return "";
        }
    }

    /** Reads until the connection ends, or until a pause. Returns true if the connection ended. */
    private static boolean endsWithin(SSLSocket socket, StringBuilder heard) throws IOException {
        try {
            int next = socket.getInputStream().read();
            while (next >= 0) {
                heard.append((char) next);
                next = socket.getInputStream().read();
            }
            return true;
        } catch (SocketTimeoutException pause) {
            return false;
        }
    }

    private HttpResponse<String> send(Version version, HttpRequest.Builder request) throws Exception {
        try (var http = client(version)) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder()
                .sslContext(issuer.client(null))
                .version(version)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .timeout(PATIENCE);
    }
}
