package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestTokenBuilder;
import dev.aicore.discovery.readmodel.cache.RedisKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Verifies the effects of settings that could easily be accepted and then ignored. */
@Tag("integration")
class SettingsEffectTest {

    private static final String DOCUMENT = new RedisKeys("other:").service("kept");

    private static final String SECRET = "q8Jv2sT0xkL5mN7pR9wY1zB3dF6hG4cA";
    private static final String CONNECTIONS =
            "select count(*) from pg_stat_activity where backend_type = 'client backend' and application_name <> '"
                    + EmbeddedStore.OBSERVER + "'";

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        var file = Files.writeString(directory.resolve("registry.yaml"), """
                registry:
                  registration: {heartbeat_interval: 2}
                  discovery: {enable_caching: false, refresh_interval: 1}
                  health_checks: {enabled: false}
                auth:
                  jwt: {secret: "%s"}
                  rbac: {enabled: false}
                database:
                  postgres: {max_connections: 5, idle_timeout: 10}
                  redis: {prefix: "other:"}
                monitoring:
                  metrics: {path: /numbers}
                  logging: {format: json}
                """.formatted(SECRET));
        registry = RunningRegistry.start(directory, List.of("--config", file.toString()));
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void heartbeatInterval_isReturnedByRegistration() throws IOException {
        assertThat(register("rhythm", 30).body().at("/data/heartbeat_interval").asInt())
                .isEqualTo(2);
        assertThat(register("hurried", 5).body().at("/data/heartbeat_interval").asInt())
                .isEqualTo(1);
        assertThat(registry.get("/api/v1/services/rhythm").body().at("/data").has("heartbeat_interval"))
                .isFalse();
    }

    @Test
    void discover_withCachingDisabled_hasNoCacheHits() throws Exception {
        register("uncached", 30);
        for (int i = 0; i < 5; i++) {
            var reply = registry.get("/api/v1/discover?service_name=uncached");
            assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        }
        assertThat(send(request("/numbers")).body())
                .contains("service_discovery_requests_total")
                .doesNotContainPattern("cache_lookups_total\\{result=\"hit\"} [1-9]");
        assertThat(registry.get("/metrics").status()).isEqualTo(404);
    }

    @Test
    void redisDocuments_usePrefixAndAreReconciled() throws IOException {
        register("kept", 30);
        try (var cache = EmbeddedCache.of(directory.resolve("data"))) {
            awaitDocument(cache);
            cache.commands().del(DOCUMENT);
            awaitDocument(cache);
            assertThat(cache.commands().keys("service_discovery:*")).isEmpty();
        }
    }

    @Test
    void healthChecks_ifDisabled_areReportedAsDisabled() throws IOException {
        assertThat(registry.get("/api/v1/health-monitor/stats")
                        .body()
                        .at("/data/enabled")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void viewer_withRbacDisabled_mayRegister() throws Exception {
        var viewer = TestTokenBuilder.hs256(
                "{\"sub\":\"ann\",\"roles\":[\"viewer\"],\"exp\":%d}"
                        .formatted(Instant.now().getEpochSecond() + 600),
                SECRET);
        var answer = send(request("/api/v1/services")
                .header("Authorization", "Bearer " + viewer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(instance("roles", 30))));
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @Test
    void postgresConnections_neverExceedMaximum() {
        try (var http = HttpClient.newHttpClient()) {
            var answers = IntStream.range(0, 400)
                    .mapToObj(i ->
                            http.sendAsync(request("/api/v1/services?limit=1").build(), BodyHandlers.discarding()))
                    .toArray(CompletableFuture[]::new);
            while (!CompletableFuture.allOf(answers).isDone()) {
                assertThat(registry.store().number(CONNECTIONS)).isBetween(1L, 5L);
            }
        }
        // So many requests wait for one connection that some time out and the circuit breaker opens; waits until it
        // closes, for the other tests.
        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> registry.get("/api/v1/services?limit=1").status() == 200);
    }

    @Test
    void jsonLogLines_haveExpectedFields() throws IOException {
        var json = new JsonMapper();
        assertThat(Files.readAllLines(directory.resolve("registry.log")))
                .filteredOn(line -> line.startsWith("{"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(json.readTree(line).propertyNames())
                        .contains("@timestamp", "level", "logger_name", "message"));
    }

    private static RunningRegistry.Reply register(String name, int ttl) throws IOException {
        return registry.post("/api/v1/services", instance(name, ttl));
    }

    private static String instance(String name, int ttl) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":%d}"
                .formatted(name, name, ttl);
    }

    private static void awaitDocument(EmbeddedCache cache) {
        await().atMost(Duration.ofSeconds(20)).until(() -> cache.commands().exists(DOCUMENT) == 1);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(registry.address() + path)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
