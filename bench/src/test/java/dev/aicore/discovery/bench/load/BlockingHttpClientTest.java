package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockingHttpClientTest {

    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void requests_areAnsweredInSequence() throws IOException {
        answer("/good", 200, "{\"position\":17}");
        answer("/long", 200, "x".repeat(1_000_000));
        answer("/bad", 404, "{\"position\":18}");

        try (var blockingHttpClient = new BlockingHttpClient(server.getAddress().getPort())) {
            var good = blockingHttpClient.send(RequestCycle.get("/good"));
            assertThat(good.isGood()).isTrue();
            assertThat(good.number(POSITION)).isEqualTo(17);
            assertThat(blockingHttpClient.send(RequestCycle.get("/long")).body())
                    .hasSize(1 << 16);
            assertThat(blockingHttpClient.send(RequestCycle.get("/bad")).isGood())
                    .isFalse();
            assertThat(blockingHttpClient.send(RequestCycle.get("/bad")).number(POSITION))
                    .isEqualTo(-1);
            assertThat(blockingHttpClient.send(RequestCycle.get("/good")).number(POSITION))
                    .isEqualTo(17);
        }
    }

    @Test
    void stream_isReadLineByLine() throws IOException {
        server.createContext("/watch", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            for (var part : List.of("{\"a\":1}\n{\"b\"", ":2}\n", "unfinished")) {
                out.write(part.getBytes(UTF_8));
                out.flush();
            }
        });
        var lines = new CopyOnWriteArrayList<String>();

        try (var _ = new LineStreamClient(
                server.getAddress().getPort(), RequestCycle.get("/watch"), (line, _) -> lines.add(line))) {
            await().untilAsserted(() -> assertThat(lines).containsExactly("{\"a\":1}", "{\"b\":2}"));
        }
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> answer(exchange, status, body));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
