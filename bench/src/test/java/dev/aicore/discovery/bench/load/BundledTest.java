package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundledTest {

    private static final String LARGE = "x".repeat(300_000);

    private final Bundled bundled = new Bundled();
    private final AtomicInteger received = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/good", exchange -> {
            received.incrementAndGet();
            answer(exchange, 200, "{\"good\":true}");
        });
        server.createContext("/last", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, 200, "{\"good\":true}");
        });
        server.createContext("/broken", HttpExchange::close);
        server.createContext("/bad", exchange -> answer(exchange, 503, "no"));
        server.createContext("/large", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
            answer(exchange, 200, body.equals(LARGE) ? body : "cut off");
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void sendsEachOnce() throws IOException {
        var round = once(
                IntStream.range(0, 1_000).mapToObj(_ -> Requests.get("/good")).toList());

        assertThat(round.answers()).isEqualTo(1_000);
        assertThat(round.errors()).isZero();
        assertThat(received).hasValue(1_000);
        assertThat(round.p50Millis()).isPositive().isLessThanOrEqualTo(round.p99Millis());
        assertThat(round.p99Millis()).isLessThanOrEqualTo(round.p999Millis());
    }

    @Test
    void sendsAtTheRateThatIsTold() throws IOException {
        var round = bundled.open(
                server.getAddress().getPort(),
                Requests.of(List.of(Requests.get("/good"))),
                8,
                500,
                Duration.ofSeconds(1));

        assertThat(round.answers()).isEqualTo(500);
        assertThat(round.errors()).isZero();
    }

    @Test
    void sendsForAsLongAsIsTold() throws IOException {
        var round = bundled.run(
                server.getAddress().getPort(), Requests.of(List.of(Requests.get("/good"))), 8, Duration.ofMillis(200));

        assertThat(round.answers()).isPositive().isEqualTo(received.get());
        assertThat(round.errors()).isZero();
    }

    @Test
    void sendsAndReadsWhatIsLargerThanAnyBuffer() throws IOException {
        var round =
                once(List.of(Requests.send("POST", "/large", LARGE), Requests.send("POST", "/large", LARGE)), "xxx");

        assertThat(round.answers()).isEqualTo(2);
    }

    @Test
    void opensAConnectionAgainThatTheServerEnds() throws IOException {
        var last = Requests.get("/last");

        assertThat(once(List.of(last, last, last, last, last)).answers()).isEqualTo(5);
    }

    @Test
    void countsRefusalsAndBrokenConnectionsAsErrors() throws IOException {
        var round = once(List.of(
                Requests.get("/bad"), Requests.get("/broken"), Requests.get("/nowhere"), Requests.get("/good")));

        assertThat(round.answers()).isEqualTo(1);
        assertThat(round.errors()).isEqualTo(3);
    }

    @Test
    void countsAnswersWithoutTheMarkAsErrors() throws IOException {
        var good = List.of(Requests.get("/good"));

        assertThat(once(good, "\"good\":true").answers()).isEqualTo(1);
        assertThat(once(good, "\"good\":false").errors()).isEqualTo(1);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(US_ASCII));
        }
    }

    private Round once(List<byte[]> requests) throws IOException {
        return once(requests, "");
    }

    private Round once(List<byte[]> requests, String mark) throws IOException {
        return bundled.once(server.getAddress().getPort(), new Requests(requests, mark), 2);
    }
}
