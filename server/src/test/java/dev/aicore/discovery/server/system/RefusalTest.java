package dev.aicore.discovery.server.system;

import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.server.system.RunningRegistry.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies that a refusal writes nothing, and doesn't make a shard reload. */
@Tag("integration")
class RefusalTest {

    private static final int CLIENTS = 50;
    private static final int ROUNDS = 20;
    private static final String HEARD = "none: a heartbeat";

    @TempDir
    Path directory;

    private record Refused(String code, Callable<Reply> request) {}

    @Test
    void refusals_loadNoShardAndWriteNoFact() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            registered(registry, "taken", "orders");
            registered(registry, "gone", "orders");
            assertThat(registry.delete("/api/v1/services/gone").status()).isEqualTo(200);
            var refusals = refusals(registry);
            long loads = registry.get("/api/v1/status")
                    .body()
                    .at("/data/shards/loads")
                    .asLong();
            var facts = "SELECT count(*) FROM store.facts";
            long written = registry.store().number(facts);

            var answers = new TreeMap<String, Integer>();
            try (var clients = newFixedThreadPool(CLIENTS)) {
                var running = IntStream.range(0, CLIENTS)
                        .<Callable<Map<String, Integer>>>mapToObj(client -> () -> ask(registry, refusals))
                        .toList();
                for (Future<Map<String, Integer>> client : clients.invokeAll(running)) {
                    client.get().forEach((code, count) -> answers.merge(code, count, Integer::sum));
                }
            }

            assertThat(registry.get("/api/v1/status")
                            .body()
                            .at("/data/shards/loads")
                            .asLong())
                    .as("number of shard loads")
                    .isEqualTo(loads);
            assertThat(registry.store().number(facts)).as("facts").isEqualTo(written);
            var expected = new TreeMap<>(Map.of(HEARD, CLIENTS * ROUNDS));
            refusals.forEach(refused -> expected.merge(refused.code(), CLIENTS * ROUNDS, Integer::sum));
            assertThat(answers).isEqualTo(expected);
            assertThat(refusals.size() * CLIENTS * ROUNDS).isEqualTo(10_000);
            System.out.printf("refusals: %s; shards loaded before %d, after %d%n", answers, loads, loads);
        }
    }

    /** Returns ten kinds of refusals; those that name a present or removed instance are decided by its shard. */
    private static List<Refused> refusals(RunningRegistry registry) {
        int shards = 16;
        var other = names().filter(name -> shard(name, shards) != shard("orders", shards));
        var neighbour = names().filter(name -> shard(name, shards) == shard("orders", shards));
        var renamed = RegistryStoryTest.body("taken", neighbour.findFirst().orElseThrow(), 30);
        var moved = RegistryStoryTest.body("taken", other.findFirst().orElseThrow(), 30);
        return List.of(
                new Refused("name_immutable", () -> registry.post("/api/v1/services", renamed)),
                new Refused("name_immutable", () -> registry.post("/api/v1/services", moved)),
                new Refused("instance_deregistered", () -> registry.post("/api/v1/services/gone/heartbeat", "{}")),
                new Refused("unknown_instance", () -> registry.delete("/api/v1/services/gone")),
                new Refused("unknown_instance", () -> registry.post("/api/v1/services/nobody/heartbeat", "{}")),
                new Refused("unknown_instance", () -> registry.delete("/api/v1/services/nobody")),
                new Refused(
                        "validation_failed",
                        () -> registry.post("/api/v1/services", RegistryStoryTest.body("new", "-orders-", 30))),
                new Refused(
                        "validation_failed",
                        () -> registry.post("/api/v1/services", RegistryStoryTest.body("new", "orders", 1))),
                new Refused(
                        "unknown_field", () -> registry.post("/api/v1/services/taken/heartbeat", "{\"stat\":\"up\"}")),
                new Refused("malformed_json", () -> registry.post("/api/v1/services/taken/heartbeat", "{")));
    }

    /** Sends all refusals in each round, and one valid heartbeat, so that the shard is always busy. */
    private static Map<String, Integer> ask(RunningRegistry registry, List<Refused> refusals) throws Exception {
        var answers = new TreeMap<String, Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var refused : refusals) {
                answers.merge(refused.request().call().code(), 1, Integer::sum);
            }
            var heartbeat = registry.post("/api/v1/services/taken/heartbeat", "{}");
            answers.merge(heartbeat.status() == 200 ? HEARD : heartbeat.code(), 1, Integer::sum);
        }
        return answers;
    }

    private static Stream<String> names() {
        return IntStream.range(0, 1_000).mapToObj(i -> "n" + i);
    }

    private static int shard(String service, int shards) {
        return ShardPartitioner.of("default", service, shards);
    }

    private static void registered(RunningRegistry registry, String id, String service) throws IOException {
        assertThat(registry.post("/api/v1/services", RegistryStoryTest.body(id, service, 60))
                        .status())
                .isEqualTo(201);
    }
}
