package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestTokenBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Registers instances of 15 KB each as one principal of the role {@code service}, in a registry with the launcher's
 * options, until it is refused. The long form continues long after that.
 */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class MemoryQuotasTest {

    private static final int INSTANCES = FaultTestSize.of(3_600, 16_000);
    private static final int CLIENTS = 16;
    private static final int VALUES = 15;
    private static final String SECRET = "q8Jv2sT0xkL5mN7pR9wY1zB3dF6hG4cA";
    private static final String LIVING = "{\"id\":\"living\",\"name\":\"living\",\"address\":\"10.0.0.1\",\"port\":80}";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();

    private record Answer(int status, String body) {

        String code() {
            return status < 400 ? "" : " " + JSON.readTree(body).path("code").asString();
        }
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void principal_beyondMemoryQuota_isRefusedWithoutAffectingOtherPrincipals() throws Exception {
        var options =
                List.of("--service-discovery.environment=production", "--service-discovery.auth.jwt.secret=" + SECRET);
        try (var registry = RunningRegistry.startAsLaunched(directory, options)) {
            assertThat(send(registry, "other", "service", "POST", "/api/v1/services", LIVING)
                            .status())
                    .isEqualTo(201);
            fill(registry);
            System.out.printf(
                    "memory: %d instances of 15 KB by one principal: %s%n", INSTANCES, new TreeMap<>(answers));
            assertThat(answers.keySet()).containsExactlyInAnyOrder("201", "403 quota_exceeded");
            read(registry);
        }
        try (var registry = RunningRegistry.startAsLaunched(directory, options)) {
            var refused = register(registry, INSTANCES);
            assertThat(refused.code()).isEqualTo(" quota_exceeded");
            assertThat(refused.body())
                    .contains("The instances of the principal 'bulk' use ", "max_bytes_per_principal");
            read(registry);
        }
    }

    /** Registers instances while another principal's instance sends heartbeats. */
    private void fill(RunningRegistry registry) throws Exception {
        var next = new AtomicInteger();
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var heard = threads.submit(() -> {
                int times = 0;
                for (; !over.get(); times++) {
                    var answer = send(registry, "other", "service", "POST", "/api/v1/services/living/heartbeat", "{}");
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.body()).doesNotContain("\"revived\":true");
                }
                return times;
            });
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(_ -> threads.submit(() -> {
                        for (int i = next.getAndIncrement(); i < INSTANCES; i = next.getAndIncrement()) {
                            var answer = register(registry, i);
                            answers.computeIfAbsent(answer.status() + answer.code(), _ -> new AtomicInteger())
                                    .incrementAndGet();
                        }
                        return true;
                    }))
                    .toList();
            try {
                for (var client : clients) {
                    client.get();
                }
            } finally {
                over.set(true);
            }
            assertThat(heard.get()).isPositive();
        }
    }

    private void read(RunningRegistry registry) throws IOException {
        var one = send(registry, "ann", "viewer", "GET", "/api/v1/discover?service_name=bulk&limit=1", "");
        assertThat(one.status()).isEqualTo(200);
        assertThat(JSON.readTree(one.body()).at("/data/services")).hasSize(1);
        var all = send(registry, "ann", "viewer", "GET", "/api/v1/discover?service_name=bulk", "");
        assertThat(all.status() + all.code()).isIn("200", "422 answer_too_large");
        var other = send(registry, "ann", "viewer", "GET", "/api/v1/discover?service_name=living", "");
        assertThat(JSON.readTree(other.body()).at("/data/healthy").asInt()).isOne();
        assertThat(registry.isAlive()).isTrue();
    }

    private Answer register(RunningRegistry registry, int number) throws IOException {
        var random = new Random(number);
        var metadata = new TreeMap<String, String>();
        for (int i = 0; i < VALUES; i++) {
            metadata.put(
                    "key-" + i,
                    random.ints(1_000, 'a', 'z' + 1)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString());
        }
        var body = JSON.createObjectNode()
                .put("id", "bulk-" + number)
                .put("name", "bulk")
                .put("address", "10.0.0.2")
                .put("port", 80)
                .put("ttl", 3_600)
                .putPOJO("metadata", metadata);
        return send(registry, "bulk", "service", "POST", "/api/v1/services", JSON.writeValueAsString(body));
    }

    private Answer send(RunningRegistry registry, String who, String role, String method, String path, String body)
            throws IOException {
        var token = TestTokenBuilder.hs256(
                "{\"sub\":\"%s\",\"roles\":[\"%s\"],\"exp\":%d}"
                        .formatted(who, role, Instant.now().getEpochSecond() + 3_600),
                SECRET);
        var request = HttpRequest.newBuilder(URI.create(registry.address() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answered = http.send(request, BodyHandlers.ofString());
            return new Answer(answered.statusCode(), answered.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
