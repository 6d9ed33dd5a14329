package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.server.system.OtlpReceiver.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows requests and checks through the registry by the spans that a collector receives. */
@Tag("integration")
class TracingTest {

    private static final String CALLER = "b7ad6b7169203331";

    private static final AtomicInteger discoveries = new AtomicInteger();

    @TempDir
    static Path directory;

    private static OtlpReceiver receiver;
    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        receiver = new OtlpReceiver();
        registry = RunningRegistry.start(
                directory,
                List.of(
                        "--service-discovery.monitoring.logging.file=" + directory.resolve("own.log"),
                        "--service-discovery.monitoring.logging.format=json",
                        "--service-discovery.monitoring.tracing.enabled=true",
                        "--service-discovery.monitoring.tracing.jaeger-endpoint=" + receiver.endpoint()));
    }

    @AfterAll
    static void stop() {
        registry.close();
        receiver.close();
    }

    @Test
    void write_isOneTraceFromCallToWatcherAndLog() throws Exception {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        try (var watcher = new Watcher(registry, "orders", null)) {
            assertThat(watcher.next().name()).isEqualTo("snapshot");
            var reply = registry.send(
                    "POST",
                    "/api/v1/services",
                    RegistryStoryTest.body("orders-1", "orders", 3_600),
                    "traceparent",
                    "00-" + trace + "-" + CALLER + "-01");
            assertThat(reply.status()).isEqualTo(201);
            assertThat(watcher.next().position()).isEqualTo(reply.position());

            var request = awaitSpan(trace, "POST /api/v1/services");
            assertThat(request.parentId()).isEqualTo(CALLER);
            var command = awaitSpan(trace, "command RegisterInstance");
            assertThat(command.parentId()).isEqualTo(request.spanId());
            var batch = awaitSpan(trace, "batch");
            assertThat(batch.parentId()).isEqualTo(request.spanId());
            assertThat(batch.links()).contains(request.spanId());
            assertThat(command.links()).contains(batch.spanId());
            assertThat(awaitSpan(trace, "append"))
                    .satisfies(append -> assertThat(append.parentId()).isEqualTo(batch.spanId()))
                    .matches(Received::isStatement);
            var projected = awaitSpan(trace, "project");
            assertThat(projected.parentId()).isEqualTo(request.spanId());
            assertThat(awaitSpan(trace, "fold instances"))
                    .satisfies(fold -> assertThat(fold.parentId()).isEqualTo(projected.spanId()))
                    .matches(Received::isStatement);
            assertThat(awaitSpan(trace, "notify watchers").parentId()).isEqualTo(request.spanId());
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> Files.readString(directory.resolve("own.log"))
                            .lines()
                            .anyMatch(line -> line.contains("\"registered\"") && line.contains(trace)));
        }
    }

    @Test
    void discovery_readsDatabaseOnlyIfMemoryMisses() throws IOException {
        var reply = registry.post("/api/v1/services", RegistryStoryTest.body("stock-1", "stock", 3_600));
        // The read model has the instance then; the node's memory doesn't have the service before a discovery of it.
        registry.get("/api/v1/services/stock-1?wait=20s&min_position=" + reply.position());
        var first = discover("stock");
        assertThat(first.attributes())
                .containsEntry("service_discovery.pick", "stock-1")
                .containsKeys("service_discovery.strategy", "service_discovery.candidates");
        assertThat(receiver.of(first.traceId())).anySatisfy(statement -> {
            assertThat(statement.isStatement()).isTrue();
            assertThat(statement.parentId()).isEqualTo(first.spanId());
        });
        // A busy node may have to confirm its memory by a read.
        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> receiver.of(discover("stock").traceId()).size() == 1);
    }

    @Test
    void check_namesItsSpanToTarget() throws IOException {
        var seen = new ConcurrentLinkedQueue<String>();
        var target = target(seen);
        try {
            int port = target.getAddress().getPort();
            registry.post("/api/v1/services", """
                    {"id": "checked-1", "name": "checked", "address": "127.0.0.1", "port": %d, "ttl": 0,
                     "health_check": {"check_type": "http", "interval": 1, "timeout": 5}}""".formatted(port));
            await().atMost(RunningRegistry.PATIENCE).until(() -> !seen.isEmpty());
            var parts = Objects.requireNonNull(seen.peek()).split("-", -1);
            var check = awaitSpan(parts[1], "check http");
            assertThat(check.spanId()).isEqualTo(parts[2]);
            assertThat(check.attributes())
                    .containsEntry("service_discovery.instance", "checked-1")
                    .containsEntry("service_discovery.check.result", "passed");
        } finally {
            registry.delete("/api/v1/services/checked-1");
            target.stop(0);
        }
    }

    @Test
    void histogram_namesTraceOfRequest() throws IOException {
        await().atMost(RunningRegistry.PATIENCE).untilAsserted(() -> {
            registry.get("/api/v1/discover?service_name=counted");
            assertThat(registry.text("/metrics", "Accept", "application/openmetrics-text;version=1.0.0"))
                    .containsPattern("request_duration_seconds_bucket.* # \\{.*trace_id=\"[0-9a-f]{32}\"")
                    .endsWith("# EOF\n");
        });
    }

    @Test
    void unsampledRequest_isNotRecorded() throws IOException {
        registry.send(
                "POST",
                "/api/v1/services",
                RegistryStoryTest.body("quiet-1", "quiet", 3_600),
                "traceparent",
                "00-6bf92f3577b34da6a3ce929d0e0e4738-" + CALLER + "-00");
        discover("quiet");
        assertThat(receiver.of("6bf92f3577b34da6a3ce929d0e0e4738")).isEmpty();
    }

    /** Discovers a service in a trace of its own. Returns the request's span, which arrives after its statements. */
    private static Received discover(String service) throws IOException {
        var trace = "4bf92f3577b34da6a3ce%012x".formatted(discoveries.incrementAndGet());
        var reply = registry.send(
                "GET",
                "/api/v1/discover?service_name=" + service,
                "",
                "traceparent",
                "00-" + trace + "-" + CALLER + "-01");
        assertThat(reply.status()).isEqualTo(200);
        return awaitSpan(trace, "GET /api/v1/discover");
    }

    private static Received awaitSpan(String trace, String name) {
        var found = new ArrayList<Received>();
        await().atMost(RunningRegistry.PATIENCE).until(() -> {
            receiver.of(trace).stream().filter(span -> span.name().equals(name)).forEach(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static HttpServer target(Queue<String> seen) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var header = exchange.getRequestHeaders().getFirst("traceparent");
            if (header != null) {
                seen.add(header);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
