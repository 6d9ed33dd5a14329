package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
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

class BuiltInGeneratorTest {

    private static final String LARGE = "x".repeat(300_000);

    private final BuiltInGenerator builtInGenerator = new BuiltInGenerator();
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
    void once_sendsEachRequestOnce() throws IOException {
        var loadRound = once(IntStream.range(0, 1_000)
                .mapToObj(_ -> RequestCycle.get("/good"))
                .toList());

        assertThat(loadRound.answers()).isEqualTo(1_000);
        assertThat(loadRound.errors()).isZero();
        assertThat(received).hasValue(1_000);
        assertThat(loadRound.p50Millis()).isPositive().isLessThanOrEqualTo(loadRound.p99Millis());
        assertThat(loadRound.p99Millis()).isLessThanOrEqualTo(loadRound.p999Millis());
    }

    @Test
    void open_sendsConfiguredNumberOfRequests() throws IOException {
        var loadRound = builtInGenerator.open(
                server.getAddress().getPort(),
                RequestCycle.of(List.of(RequestCycle.get("/good"))),
                8,
                500,
                Duration.ofSeconds(1));

        assertThat(loadRound.answers()).isEqualTo(500);
        assertThat(loadRound.errors()).isZero();
    }

    @Test
    void run_countsAllAnswers() throws IOException {
        var loadRound = builtInGenerator.run(
                server.getAddress().getPort(),
                RequestCycle.of(List.of(RequestCycle.get("/good"))),
                8,
                Duration.ofMillis(200));

        assertThat(loadRound.answers()).isPositive().isEqualTo(received.get());
        assertThat(loadRound.errors()).isZero();
    }

    @Test
    void oversizedBodies_areSentAndReadCompletely() throws IOException {
        var loadRound = once(
                List.of(RequestCycle.send("POST", "/large", LARGE), RequestCycle.send("POST", "/large", LARGE)), "xxx");

        assertThat(loadRound.answers()).isEqualTo(2);
    }

    @Test
    void closedConnection_isReopened() throws IOException {
        var last = RequestCycle.get("/last");

        assertThat(once(List.of(last, last, last, last, last)).answers()).isEqualTo(5);
    }

    @Test
    void refusalsAndBrokenConnections_areCountedAsErrors() throws IOException {
        var loadRound = once(List.of(
                RequestCycle.get("/bad"),
                RequestCycle.get("/broken"),
                RequestCycle.get("/nowhere"),
                RequestCycle.get("/good")));

        assertThat(loadRound.answers()).isEqualTo(1);
        assertThat(loadRound.errors()).isEqualTo(3);
    }

    @Test
    void responsesWithoutMark_areCountedAsErrors() throws IOException {
        var good = List.of(RequestCycle.get("/good"));

        assertThat(once(good, "\"good\":true").answers()).isEqualTo(1);
        assertThat(once(good, "\"good\":false").errors()).isEqualTo(1);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(US_ASCII));
        }
    }

    private LoadRound once(List<byte[]> requests) throws IOException {
        return once(requests, "");
    }

    private LoadRound once(List<byte[]> requests, String mark) throws IOException {
        return builtInGenerator.once(server.getAddress().getPort(), new RequestCycle(requests, mark), 2);
    }
}
