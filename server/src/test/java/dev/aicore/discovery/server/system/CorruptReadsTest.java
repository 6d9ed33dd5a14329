package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Corrupts rows, and verifies that routes that list rows of the store report each of them as unreadable and omit none.
 */
@Tag("integration")
class CorruptReadsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> DAMAGES = List.of(
            "payload = substring(payload for 30)",
            "payload = '\\xdeadbeef'",
            "payload = set_bit(payload, 40, 1 - get_bit(payload, 40))",
            "payload = ''",
            "payload = 'null'",
            "payload = NULL",
            "revision = 77",
            "checksum = NULL, payload = substring(payload for 30)");

    @TempDir
    Path directory;

    @Test
    void eventsAndBundle_markUnreadableFacts() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            var damaged = new ArrayList<Long>();
            for (int i = 0; i < DAMAGES.size(); i++) {
                damaged.add(register(registry, "i-" + i));
            }
            long intact = register(registry, "intact");
            long schema = registry.put("/api/v1/configurations/web/schema", "{\"type\":\"object\"}")
                    .position();
            long last = register(registry, "last");
            awaitFolded(registry, last);
            execute(registry, "ALTER TABLE store.facts ALTER payload DROP NOT NULL");
            for (int i = 0; i < DAMAGES.size(); i++) {
                execute(registry, "UPDATE store.facts SET " + DAMAGES.get(i) + " WHERE position = " + damaged.get(i));
            }
            execute(registry, "UPDATE store.facts SET payload = '' WHERE position = " + schema);

            var told = lines(registry, "/api/v1/events?from=start");
            for (long position : damaged) {
                assertThat(at(position, told).path("unreadable").asBoolean()).isTrue();
                assertThat(at(position, told).has("data")).isFalse();
            }
            assertThat(at(intact, told).has("unreadable")).isFalse();
            assertThat(at(intact, told).at("/data/id").asString()).isEqualTo("intact");

            var bundle = lines(registry, "/api/v1/admin/export?from=1");
            assertThat(bundle.getLast().has("end")).isTrue();
            var exported = bundle.stream().map(line -> line.path("fact")).toList();
            for (long position : damaged) {
                assertThat(at(position, exported).has("payload")).isFalse();
            }
            assertThat(at(intact, exported).path("payload").asString()).contains("intact");
            var later = lines(registry, "/api/v1/admin/export?from=" + last);
            assertThat(later.getLast().has("end")).isTrue();
        }
    }

    @Test
    void history_marksUnreadableObservations() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            register(registry, "web-1");
            execute(registry, "ALTER TABLE store.observations ALTER payload DROP NOT NULL");
            for (int i = 0; i < DAMAGES.size(); i++) {
                long position =
                        registry.post("/api/v1/services/web-1/heartbeat", "{}").position();
                execute(
                        registry,
                        "UPDATE store.observations SET " + DAMAGES.get(i).replace("30", "9") + " WHERE position = "
                                + position);
            }
            long intact =
                    registry.post("/api/v1/services/web-1/heartbeat", "{}").position();
            awaitFolded(registry, intact);

            var history = registry.get("/api/v1/services/web-1/history?include=observations");
            assertThat(history.status()).as(history.body().toString()).isEqualTo(200);
            assertThat(history.body()
                            .at("/data/entries")
                            .valueStream()
                            .map(entry -> entry.path("type").asString())
                            .filter(type -> type.startsWith("Observ") || type.startsWith("Heartbeat")))
                    .hasSize(DAMAGES.size() + 1)
                    .endsWith("HeartbeatReceived")
                    .startsWith("ObservationsUnreadable");
            assertThat(history.body().toString().split("ObservationsUnreadable", -1))
                    .hasSize(DAMAGES.size() + 1);
        }
    }

    private static long register(RunningRegistry registry, String id) throws IOException {
        var reply = registry.post("/api/v1/services", RegistryStoryTest.body(id, "web", 600));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.position();
    }

    private static void awaitFolded(RunningRegistry registry, long position) {
        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> registry.get("/api/v1/services?min_position=" + position)
                                .status()
                        == 200);
    }

    private static void execute(RunningRegistry registry, String sql) throws Exception {
        try (var connection = registry.store().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static JsonNode at(long position, List<JsonNode> facts) {
        return facts.stream()
                .filter(fact -> fact.path("position").asLong() == position)
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> lines(RunningRegistry registry, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(registry.address() + path))
                            .header("Accept", "application/x-ndjson")
                            .timeout(RunningRegistry.PATIENCE)
                            .build(),
                    BodyHandlers.ofLines());
            var lines = answer.body().toList();
            assertThat(answer.statusCode()).as(lines.toString()).isEqualTo(200);
            return lines.stream().map(JSON::readTree).toList();
        }
    }
}
