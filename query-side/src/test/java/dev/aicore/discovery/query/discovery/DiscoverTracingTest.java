package dev.aicore.discovery.query.discovery;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.CacheDocumentFixture.STORE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.query.testing.CacheDocumentFixture;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the spans of discoveries that a collector receives, in WebFlux and on the hot path. */
@Tag("integration")
class DiscoverTracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    /** OTLP uses protocol buffers, in which texts and ids appear unencoded. */
    private static final Queue<String> told = new ConcurrentLinkedQueue<>();

    private static final HttpServer collector = collector();

    @RegisterExtension
    static final QueryFixture registry = QueryFixture.withRedis(
            "--service-discovery.monitoring.tracing.enabled=true",
            "--service-discovery.monitoring.tracing.jaeger-endpoint=http://127.0.0.1:"
                    + collector.getAddress().getPort() + "/v1/traces");

    @AfterAll
    static void stop() {
        collector.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/discover", "/api/v1/%64iscover"})
    void discover_withTraceparent_exportsSpanOfCallersTrace(String path) {
        registry.rows().instance(SampleInstance.of("traced", "the-pick"), 1);
        told.clear();

        registry.client()
                .get()
                .uri(path + "?service_name=traced&load_balancing_strategy=weighted")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .exchange()
                .expectStatus()
                .isOk();

        await().until(() -> !told.isEmpty());
        assertThat(told)
                .anySatisfy(spans -> assertThat(spans)
                        .contains(new String(HexFormat.of().parseHex(TRACE), ISO_8859_1))
                        .contains("GET /api/v1/discover", "200")
                        .contains("the-pick", "traced", "weighted"));
    }

    @Test
    void discoverFromRedis_exportsSpanOfRead() {
        var documents = new CacheDocumentFixture(registry);
        documents.store();
        documents.put("cached", STORE, 15, Duration.ZERO, SampleInstance.of("cached", "in-redis"));
        told.clear();

        // If Redis is too slow for a read, PostgreSQL answers.
        await().untilAsserted(() -> {
            assertThat(ids(ok(registry.client(), "/api/v1/discover?service_name=cached")))
                    .containsExactly("in-redis");
            assertThat(told).anySatisfy(spans -> assertThat(spans).contains("read document", "redis"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/discover", "/api/v1/%64iscover"})
    void refusedDiscover_exportsSpanWithStatus400(String path) {
        told.clear();

        registry.client().get().uri(path).exchange().expectStatus().isBadRequest();

        await().untilAsserted(() ->
                assertThat(told).anySatisfy(spans -> assertThat(spans).contains("GET /api/v1/discover", "400")));
    }

    private static HttpServer collector() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                told.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
