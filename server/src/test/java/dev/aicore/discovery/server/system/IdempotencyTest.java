package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.system.IdempotentClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repeats writes with their idempotency keys. The tests share a registry, which two of them restart; the flood comes
 * from its own principal.
 */
@Tag("integration")
@Tag(FaultTestSize.TAG)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IdempotencyTest {

    private static final int AT_ONCE = 40;
    private static final int KEYS = 20;
    private static final int FLOOD = FaultTestSize.of(200, 500);

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(
                directory, List.of("--service-discovery.event-store.idempotency-keys-per-principal=" + KEYS));
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static void restart() throws IOException {
        stop();
        start();
    }

    @Test
    void repeatedWrite_withSameKey_isReplayedAlsoAfterRestart() throws IOException {
        var client = new IdempotentClient(registry);
        var registered = client.register("r1", body("a", 30));
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.location()).isEqualTo("/api/v1/services/a");
        assertThat(registered.replayed()).isFalse();
        assertThat(client.register("r1", body("a", 30))).isEqualTo(registered.again());
        assertThat(client.register("r1", body("a", 31)).code()).isEqualTo("idempotency_key_reused");
        assertThat(client.deregister("r1", "a").code()).isEqualTo("idempotency_key_reused");

        var updated = client.update("u1", "a", "{\"weight\":50}");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.tag()).isNotEmpty();
        assertThat(client.update("u2", "a", "{\"weight\":70}").status()).isEqualTo(200);
        assertThat(client.update("u1", "a", "{\"weight\":50}")).isEqualTo(updated.again());

        var gone = client.deregister("d1", "a");
        assertThat(gone.status()).isEqualTo(200);
        assertThat(client.deregister("d1", "a")).isEqualTo(gone.again());
        // With another key it is another request.
        assertThat(client.deregister("d2", "a").status()).isEqualTo(404);
        assertThat(client.register("r1", body("a", 30))).isEqualTo(registered.again());
        assertThat(types("a", gone))
                .containsExactly("InstanceRegistered", "InstanceUpdated", "InstanceUpdated", "InstanceDeregistered");

        var before = "{\"at\":\"" + (Long.parseLong(gone.position()) - 1) + "\"}";
        var restored = client.restore("s1", "service-of-a", before);
        assertThat(restored.json().at("/data/instances/0/outcome").asString())
                .as(restored.body())
                .isEqualTo("restored");
        assertThat(client.deregister("d3", "a").status()).isEqualTo(200);
        assertThat(client.restore("s1", "service-of-a", before)).isEqualTo(restored.again());
        assertThat(client.restore("s1", "service-of-a", "{\"at\":\"1\"}").code())
                .isEqualTo("idempotency_key_reused");

        restart();
        client = new IdempotentClient(registry);
        assertThat(client.register("r1", body("a", 30))).isEqualTo(registered.again());
        assertThat(client.register("r1", body("a", 31)).code()).isEqualTo("idempotency_key_reused");
        assertThat(client.update("u1", "a", "{\"weight\":50}")).isEqualTo(updated.again());
        assertThat(client.deregister("d1", "a")).isEqualTo(gone.again());
        assertThat(client.restore("s1", "service-of-a", before)).isEqualTo(restored.again());
        // A write without an effect isn't stored under its key.
        assertThat(client.register("d2", body("a", 30)).status()).isEqualTo(201);
    }

    @Test
    void concurrentWrites_withSameKey_areExecutedOnce() throws IOException {
        var client = new IdempotentClient(registry);
        var begun = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> client.beginToRegister("k", body("b", 30)))
                .toList();
        var answers = begun.stream().map(answer -> answer.join()).toList();
        var first = answers.stream()
                .filter(answer -> answer.status() == 201 && !answer.replayed())
                .toList();
        assertThat(first).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !first.contains(answer))
                .allSatisfy(answer ->
                        assertThat(answer.replayed() || isInFlight(answer)).isTrue());
        assertThat(client.register("k", body("b", 30)))
                .isEqualTo(first.getFirst().again());
        assertThat(types("b", first.getFirst())).containsExactly("InstanceRegistered");

        // The declaration is unchanged: only the lease is renewed, once.
        var renewed = client.register("k2", body("b", 30));
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(client.register("k2", body("b", 30))).isEqualTo(renewed.again());

        for (var malformed : List.of("", "x".repeat(256))) {
            var refused = client.register(malformed, body("c", 30));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("validation_failed");
        }
        assertThat(registry.get("/api/v1/services/c").status()).isEqualTo(404);
    }

    @Test
    void idempotencyKeys_beyondPrincipalQuota_return429() throws IOException {
        var credentials = registry.post("/api/v1/admin/api-keys", "{\"principal\": \"flood\", \"role\": \"service\"}")
                .body()
                .at("/data/key")
                .asString();
        var client = new IdempotentClient(registry, "X-API-Key", credentials);
        var first = client.register("first", body("f", 30));
        assertThat(first.status()).isEqualTo(201);
        int done = 1;
        for (int key = 1; key < FLOOD; key++) {
            var answer = client.register("flood-" + key, body("f", 30));
            done += answer.status() == 200 ? 1 : 0;
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.code()).isEqualTo("rate_limited");
                assertThat(Integer.parseInt(answer.retryAfter())).isPositive();
            }
        }
        assertThat(done).isEqualTo(KEYS);
        assertStoredKeyCount();

        restart();
        client = new IdempotentClient(registry, "X-API-Key", credentials);
        assertThat(client.register("after", body("f", 30)).status()).isEqualTo(429);
        assertThat(client.register("first", body("f", 30))).isEqualTo(first.again());
        assertThat(client.register(body("f", 30)).status()).isEqualTo(200);
        assertStoredKeyCount();
    }

    private static void assertStoredKeyCount() {
        long rows = registry.store().number("SELECT count(*) FROM store.idempotency WHERE principal = 'flood'");
        System.out.printf("flood of %d keys: %d rows are kept%n", FLOOD, rows);
        assertThat(rows).isEqualTo(KEYS);
    }

    private static boolean isInFlight(Answer answer) {
        return answer.status() == 409
                && answer.code().equals("idempotency_key_in_flight")
                && answer.retryAfter().equals("1");
    }

    private static List<String> types(String id, Answer since) throws IOException {
        var path = "/api/v1/services/" + id + "/history?min_position=" + since.position();
        var entries = registry.get(path).body().at("/data/entries");
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.at("/type").asString())
                .toList();
    }

    private static String body(String id, int ttl) {
        return RegistryStoryTest.body(id, "service-of-" + id, ttl);
    }
}
