package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Follows docs/history.md: queries the registry about an incident afterwards. */
@Tag("integration")
class HistoryStoryTest {

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void incident_isQueryableAsOfEveryStepAndRestored() throws IOException {
        long registered = register("web-1");
        register("web-2");
        long weighed =
                positionOf(registry.put("/api/v1/services/web-1", "{\"weight\":10,\"reason\":\"a smaller machine\"}"));
        long failed = positionOf(registry.post("/api/v1/services/web-2/heartbeat", "{\"status\":\"unhealthy\"}"));
        failed = afterHealth("web-2", "unhealthy", failed);
        long recovered = positionOf(registry.post("/api/v1/services/web-2/heartbeat", "{\"status\":\"healthy\"}"));
        recovered = afterHealth("web-2", "healthy", recovered);
        long mistaken = positionOf(registry.delete("/api/v1/services/web-1", "I thought it was the old one"));

        assertThat(discovered(registered)).containsExactly("web-1");
        assertThat(weight(weighed - 1)).isEqualTo(100);
        assertThat(weight(weighed)).isEqualTo(10);
        assertThat(discovered(failed)).containsExactly("web-1");
        assertThat(discovered(recovered)).containsExactly("web-1", "web-2");
        assertThat(discovered(mistaken)).containsExactly("web-2");

        var diff = data("/api/v1/diff?service_name=web&from=" + registered + "&to=" + mistaken);
        assertThat(diff.at("/summary/removed").asInt()).isEqualTo(1);
        assertThat(diff.at("/changes/0/id").asString()).isEqualTo("web-1");
        assertThat(diff.at("/changes/0/last/reason").asString()).isEqualTo("I thought it was the old one");

        var explained = data("/api/v1/explain?service_name=web&id=web-1");
        assertThat(explained.path("discovered").asBoolean()).isFalse();
        assertThat(explained.path("summary").asString())
                .isEqualTo("'web-1' is not discovered. The instance was deregistered.");
        assertThat(data("/api/v1/explain?service_name=web&id=web-2&at=" + failed)
                        .path("summary")
                        .asString())
                .isEqualTo("'web-2' is not discovered. The instance is unhealthy.");

        assertThat(texts(data("/api/v1/audit?service_name=web&actor=anonymous"), "entries", "type"))
                .containsExactly(
                        "InstanceRegistered",
                        "InstanceRegistered",
                        "InstanceUpdated",
                        "HealthChanged",
                        "HealthChanged",
                        "InstanceDeregistered");
        assertThat(texts(data("/api/v1/audit?service_name=web&action=health"), "entries", "service_id"))
                .containsExactly("web-2", "web-2");

        assertThat(texts(data("/api/v1/services/web-2/history?include=observations"), "entries", "type"))
                .startsWith("InstanceRegistered", "HeartbeatReceived")
                .contains("HealthChanged");

        var uptime = data("/api/v1/services/web/uptime?window=1h").at("/instances/1");
        assertThat(uptime.path("id").asString()).isEqualTo("web-2");
        assertThat(uptime.path("flaps").asInt()).isEqualTo(1);
        assertThat(registry.get("/api/v1/diff?from=" + (mistaken + 1_000_000)).status())
                .isEqualTo(410);

        var planned = restore(mistaken - 1, ",\"dry_run\":true");
        assertThat(planned.body().at("/data/instances").toString())
                .isEqualTo("[{\"id\":\"web-1\",\"kind\":\"missing\",\"outcome\":\"restored\"}]");
        assertThat(planned.body().at("/data/same").asInt()).isEqualTo(1);
        assertThat(discovered(planned.position())).containsExactly("web-2");
        var token = ",\"token\":\"" + planned.body().at("/data/token").asString() + "\"";
        var restored = restore(mistaken - 1, token + ",\"reason\":\"a mistake\"");
        assertThat(restored.status()).as("%s", restored.body()).isEqualTo(200);
        assertThat(discovered(restored.position())).containsExactly("web-1", "web-2");
        assertThat(weight(restored.position())).isEqualTo(10);
        assertThat(restore(mistaken - 1, token).code()).isEqualTo("precondition_failed");
        assertThat(restore(mistaken - 1, "").body().at("/data/same").asInt()).isEqualTo(2);
    }

    @Test
    void restore_ofLaterChange_isSkippedUnlessForced() throws IOException {
        long then = positionOf(registry.post("/api/v1/services", RegistryStoryTest.body("shop-1", "shop", 300)));
        positionOf(registry.put(
                "/api/v1/services/shop-1", "{\"weight\":5,\"metadata\":{\"rack\":\"7\"},\"status\":\"maintenance\"}"));
        positionOf(registry.post("/api/v1/services", RegistryStoryTest.body("shop-2", "shop", 300)));

        var path = "/api/v1/services/shop/restore";
        var skipped = registry.post(path, "{\"at\":\"" + then + "\"}");
        assertThat(texts(skipped.body().path("data"), "instances", "kind")).containsExactly("changed", "added");
        assertThat(texts(skipped.body().path("data"), "instances", "outcome")).containsExactly("skipped", "skipped");
        var forced = registry.post(path, "{\"at\":" + then + ",\"force\":true}");
        assertThat(texts(forced.body().path("data"), "instances", "outcome"))
                .containsExactly("reverted", "deregistered");
        var now = registry.get("/api/v1/services?service_name=shop&min_position=" + forced.position());
        assertThat(texts(now.body().path("data"), "services", "id")).containsExactly("shop-1");
        assertThat(now.body().at("/data/services/0/weight").asInt()).isEqualTo(100);
        assertThat(now.body().at("/data/services/0/status").asString()).isEqualTo("healthy");
        assertThat(now.body().at("/data/services/0/metadata").isEmpty()).isTrue();
    }

    private static RunningRegistry.Reply restore(long at, String more) throws IOException {
        return registry.post("/api/v1/services/web/restore", "{\"at\":\"" + at + "\"" + more + "}");
    }

    private static long register(String id) throws IOException {
        return positionOf(registry.post("/api/v1/services", RegistryStoryTest.body(id, "web", 300)));
    }

    /** Returns the position of a successful write. */
    private static long positionOf(RunningRegistry.Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isBetween(200, 201);
        return reply.position();
    }

    /** Returns the position at which the health state changed, which may take more than one report. */
    private static long afterHealth(String id, String health, long since) throws IOException {
        var position = new long[] {since};
        await().atMost(RunningRegistry.PATIENCE).until(() -> {
            var reply = registry.post("/api/v1/services/" + id + "/heartbeat", "{\"status\":\"" + health + "\"}");
            position[0] = reply.position();
            return registry.get("/api/v1/services/" + id + "?min_position=" + position[0])
                    .body()
                    .at("/data/health")
                    .asString()
                    .equals(health);
        });
        return position[0];
    }

    private static int weight(long at) throws IOException {
        return data("/api/v1/services/web-1?at=" + at).path("weight").asInt();
    }

    private static List<String> discovered(long at) throws IOException {
        return texts(data("/api/v1/discover?service_name=web&at=" + at), "services", "id");
    }

    private static JsonNode data(String path) throws IOException {
        var reply = registry.get(path);
        assertThat(reply.status()).as("%s: %s", path, reply.body()).isEqualTo(200);
        return reply.body().path("data");
    }

    private static List<String> texts(JsonNode data, String array, String member) {
        return new ArrayList<>(StreamSupport.stream(data.path(array).spliterator(), false)
                .map(element -> element.path(member).asString())
                .toList());
    }
}
