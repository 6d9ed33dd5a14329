package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.dialect.DialectServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Verifies Eureka's rules of heartbeats, overrides, metadata, deltas and deregistration. */
@Tag("integration")
class EurekaStateTest {

    private static final long DIRTY = 1_796_076_353_269L;

    @TempDir
    static Path directory;

    private static DialectServer server;

    @BeforeAll
    static void start() {
        server = DialectServer.start(
                directory.resolve("data"), "--service-discovery.registry.registration.grace-period=1s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void register(String app, String id) {
        register(EurekaDocument.ofSpring(app, id), app);
    }

    private static void register(EurekaDocument document, String app) {
        var posted = server.postJson("/eureka/apps/" + app, document.json());
        assertThat(posted.status()).as(posted.body()).isEqualTo(204);
    }

    private static Reply read(String app, String id) {
        return server.get("/eureka/apps/" + app + "/" + id, "Accept", "application/json");
    }

    private static String status(String app, String id) {
        var instance = read(app, id).json().at("/instance");
        return instance.at("/status").asString() + "/"
                + instance.at("/overriddenStatus").asString();
    }

    private static JsonNode nativeView(String id) {
        return server.get("/api/v1/services/" + id + "?min_position=" + position())
                .json()
                .at("/data");
    }

    private static String position() {
        return server.get("/eureka/apps")
                .headers()
                .firstValue("X-Registry-Position")
                .orElseThrow();
    }

    @Test
    void heartbeat_byLastDirtyTimestamp_isAcceptedOrUnknown() {
        register("BEAT", "b1");
        var path = "/eureka/apps/beat/b1";

        assertThat(server.put(path).status()).isEqualTo(200);
        assertThat(server.put(path + "?status=UP&lastDirtyTimestamp=" + DIRTY).status())
                .isEqualTo(200);
        assertThat(server.put(path + "?status=DOWN&lastDirtyTimestamp=" + (DIRTY - 1))
                        .status())
                .isEqualTo(200);
        assertThat(status("BEAT", "b1")).isEqualTo("UP/UNKNOWN");
        assertThat(server.put(path + "?lastDirtyTimestamp=" + (DIRTY + 1)).status())
                .isEqualTo(404);
        assertThat(server.put(path + "?lastDirtyTimestamp=soon").status()).isEqualTo(400);
        assertThat(server.put("/eureka/apps/beat/nobody?status=UP&lastDirtyTimestamp=" + DIRTY)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void registeringAgain_withOlderTimestamp_changesNothing() {
        register("AGAIN", "a1");
        register(
                EurekaDocument.ofSpring("AGAIN", "a1")
                        .with("lastDirtyTimestamp", Long.toString(DIRTY - 1))
                        .with("hostName", "\"192.0.2.7\""),
                "AGAIN");
        assertThat(read("AGAIN", "a1").json().at("/instance/hostName").asString())
                .isEqualTo("192.0.2.2");

        register(
                EurekaDocument.ofSpring("AGAIN", "a1")
                        .with("lastDirtyTimestamp", "\"" + (DIRTY + 1) + "\"")
                        .with("hostName", "\"192.0.2.7\"")
                        .with("vipAddress", "\"again\"")
                        .without("homePageUrl")
                        .without("metadata"),
                "AGAIN");
        var now = read("AGAIN", "a1").json().at("/instance");
        assertThat(now.at("/hostName").asString()).isEqualTo("192.0.2.7");
        assertThat(now.at("/vipAddress").asString()).isEqualTo("again");
        assertThat(now.has("homePageUrl")).isFalse();
        assertThat(now.at("/metadata")).hasToString("{\"@class\":\"java.util.Collections$EmptyMap\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "UP, healthy, active, UP",
        "STARTING, starting, active, STARTING",
        "DOWN, unhealthy, active, DOWN",
        "OUT_OF_SERVICE, maintenance, maintenance, OUT_OF_SERVICE",
        "SLEEPY, unhealthy, active, UNKNOWN"
    })
    void registeredStatus_isThatOfBothDialects(String sent, String expected, String declared, String shown) {
        register(EurekaDocument.ofSpring("STATES", sent).with("status", "\"" + sent + "\""), "STATES");

        var view = nativeView("states:" + sent);
        assertThat(view.at("/status").asString()).isEqualTo(expected);
        assertThat(view.at("/declared").asString()).isEqualTo(declared);
        assertThat(status("STATES", sent)).isEqualTo(shown + "/UNKNOWN");

        register(
                EurekaDocument.ofSpring("STATES", sent).with("lastDirtyTimestamp", Long.toString(DIRTY + 5)), "STATES");
        assertThat(status("STATES", sent)).isEqualTo("UP/UNKNOWN");
        assertThat(nativeView("states:" + sent).at("/status").asString()).isEqualTo("healthy");
        server.delete("/eureka/apps/STATES/" + sent);
    }

    @Test
    void override_holdsUntilItIsRemoved() {
        register("OVER", "o1");
        var path = "/eureka/apps/over/o1";

        assertThat(server.put(path + "/status?value=OUT_OF_SERVICE&lastDirtyTimestamp=" + DIRTY)
                        .status())
                .isEqualTo(200);
        assertThat(status("OVER", "o1")).isEqualTo("OUT_OF_SERVICE/OUT_OF_SERVICE");
        assertThat(read("OVER", "o1").json().at("/instance/actionType").asString())
                .isEqualTo("MODIFIED");
        assertThat(nativeView("over:o1").at("/status").asString()).isEqualTo("maintenance");
        assertThat(server.put(path + "?status=UP&lastDirtyTimestamp=" + DIRTY).status())
                .isEqualTo(200);
        register(EurekaDocument.ofSpring("OVER", "o1").with("lastDirtyTimestamp", Long.toString(DIRTY + 1)), "OVER");
        assertThat(status("OVER", "o1")).isEqualTo("OUT_OF_SERVICE/OUT_OF_SERVICE");

        assertThat(server.delete(path + "/status?value=UP").status()).isEqualTo(200);
        assertThat(status("OVER", "o1")).isEqualTo("UP/UNKNOWN");
        assertThat(nativeView("over:o1").at("/declared").asString()).isEqualTo("active");
        assertThat(nativeView("over:o1").at("/status").asString()).isEqualTo("healthy");
        assertThat(server.delete(path + "/status").status()).isEqualTo(200);
        assertThat(status("OVER", "o1")).as("after the removal of no override").isEqualTo("UP/UNKNOWN");
    }

    @Test
    void overrideRemovedWithoutValue_makesTheClientRegisterAgain() {
        register("GONE-OVER", "o1");
        var path = "/eureka/apps/gone-over/o1";
        server.put(path + "/status?value=DOWN");
        assertThat(status("GONE-OVER", "o1")).isEqualTo("DOWN/DOWN");
        assertThat(nativeView("gone-over:o1").at("/status").asString()).isEqualTo("unhealthy");

        assertThat(server.delete(path + "/status?lastDirtyTimestamp=" + DIRTY).status())
                .isEqualTo(200);
        assertThat(status("GONE-OVER", "o1")).isEqualTo("UNKNOWN/UNKNOWN");
        assertThat(server.put(path + "?status=UP&lastDirtyTimestamp=" + DIRTY).status())
                .isEqualTo(404);
        register("GONE-OVER", "o1");
        assertThat(status("GONE-OVER", "o1")).isEqualTo("UP/UNKNOWN");
        assertThat(server.put(path + "?status=UP&lastDirtyTimestamp=" + DIRTY).status())
                .isEqualTo(200);
    }

    @Test
    void override_withoutAStatus_changesNothing() {
        register("WRONG", "w1");
        for (var query : new String[] {"", "?value=", "?value=SLEEPY", "?value=UP&lastDirtyTimestamp=x"}) {
            assertThat(server.put("/eureka/apps/WRONG/w1/status" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(server.delete("/eureka/apps/WRONG/w1/status?value=SLEEPY").status())
                .isEqualTo(400);
        assertThat(server.put("/eureka/apps/WRONG/none/status?value=UP").status())
                .isEqualTo(404);
        assertThat(server.delete("/eureka/apps/WRONG/none/status").status()).isEqualTo(404);
        assertThat(server.put("/eureka/apps/WRONG/none/metadata?a=b").status()).isEqualTo(404);
        assertThat(status("WRONG", "w1")).isEqualTo("UP/UNKNOWN");
    }

    @Test
    void nativeMaintenance_isAnOverride() {
        register("OPS", "m1");
        server.send(
                "PATCH", "/api/v1/services/ops:m1", "{\"status\":\"maintenance\"}", "Content-Type", "application/json");
        assertThat(status("OPS", "m1")).isEqualTo("OUT_OF_SERVICE/OUT_OF_SERVICE");
        register("OPS", "m1");
        assertThat(nativeView("ops:m1").at("/status").asString()).isEqualTo("maintenance");

        server.send("PATCH", "/api/v1/services/ops:m1", "{\"status\":\"active\"}", "Content-Type", "application/json");
        assertThat(status("OPS", "m1")).isEqualTo("UP/UNKNOWN");
    }

    @Test
    void metadata_isMergedByKey() {
        register("META", "m1");
        var path = "/eureka/apps/meta/m1/metadata";

        assertThat(server.put(path + "?canary=true&management.port=9&canary=false")
                        .status())
                .isEqualTo(200);
        assertThat(server.put(path).status()).isEqualTo(200);
        var instance = read("META", "m1").json().at("/instance");
        assertThat(instance.at("/metadata")).hasToString("{\"canary\":\"true\",\"management.port\":\"9\"}");
        assertThat(instance.at("/lastDirtyTimestamp").asString()).isEqualTo(Long.toString(DIRTY));
        assertThat(nativeView("meta:m1").at("/metadata/canary").asString()).isEqualTo("true");
    }

    @Test
    void deregistered_staysDeregisteredInBothDialects() {
        register("LEFT", "l1");
        assertThat(server.delete("/api/v1/services/left:l1").status()).isEqualTo(200);

        var path = "/eureka/apps/LEFT/l1";
        assertThat(server.put(path + "?status=DOWN").status()).isEqualTo(404);
        assertThat(server.put(path + "/status?value=UP").status()).isEqualTo(404);
        assertThat(server.delete(path).status()).isEqualTo(404);
        assertThat(read("LEFT", "l1").status()).isEqualTo(404);
        register("LEFT", "l1");
        assertThat(status("LEFT", "l1")).isEqualTo("UP/UNKNOWN");
    }

    @Test
    void leaseOver_leavesEveryListAndIsDeletedInTheDelta() {
        register(EurekaDocument.ofSpring("SILENT", "s1").with("leaseInfo", "{\"durationInSecs\": 5}"), "SILENT");

        await().atMost(Duration.ofSeconds(30)).until(() -> read("SILENT", "s1").status() == 404);
        assertThat(action("SILENT", "s1")).isEqualTo("DELETED");
        assertThat(server.get("/eureka/apps").body()).doesNotContain("SILENT");

        register(EurekaDocument.ofSpring("SILENT", "s1").with("status", "\"DOWN\""), "SILENT");
        assertThat(status("SILENT", "s1")).isEqualTo("DOWN/UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOWN", "STARTING", "OUT_OF_SERVICE", "UNKNOWN"})
    void registeringAgain_asNotUp_isNeverUpBetweenItsCommands(String status) {
        var id = "n-" + status;
        register("NOT-UP", id);
        register(
                EurekaDocument.ofSpring("NOT-UP", id)
                        .with("status", "\"" + status + "\"")
                        .with("lastDirtyTimestamp", Long.toString(DIRTY + 1)),
                "NOT-UP");
        assertNeverUpAgain("not-up:" + id);
    }

    /** Asserts that an instance wasn't healthy and active after any change but its first registration. */
    private static void assertNeverUpAgain(String id) {
        var statuses = server.get("/api/v1/services/" + id + "/history?min_position=" + position())
                .json()
                .at("/data/entries")
                .valueStream()
                .map(entry -> entry.at("/after/status").asString(""))
                .toList();
        assertThat(statuses).hasSizeGreaterThan(2).startsWith("healthy");
        assertThat(statuses.subList(1, statuses.size())).doesNotContain("healthy");
    }

    @Test
    void delta_hasEachChangeOnceWithTheHashOfAll() {
        register("DELTA", "d1");
        assertThat(action("DELTA", "d1")).isEqualTo("ADDED");
        server.put("/eureka/apps/DELTA/d1/status?value=OUT_OF_SERVICE");
        assertThat(action("DELTA", "d1")).isEqualTo("MODIFIED");
        server.put("/eureka/apps/DELTA/d1/metadata?a=b");
        assertThat(action("DELTA", "d1")).isEqualTo("ADDED");
        server.delete("/eureka/apps/DELTA/d1/status?value=UP");
        assertThat(action("DELTA", "d1")).isEqualTo("MODIFIED");
        server.delete("/eureka/apps/DELTA/d1");
        assertThat(action("DELTA", "d1")).isEqualTo("DELETED");
        var deleted = change("DELTA", "d1");
        assertThat(deleted.at("/hostName").asString()).isEqualTo("192.0.2.2");
        assertThat(deleted.at("/port/$").asInt()).isEqualTo(8080);
        register("DELTA", "d1");
        assertThat(action("DELTA", "d1")).isEqualTo("ADDED");

        var counts = new TreeMap<String, Integer>();
        server.get("/eureka/apps", "Accept", "application/json")
                .json()
                .at("/applications/application")
                .forEach(application -> application
                        .at("/instance")
                        .forEach(instance -> counts.merge(instance.at("/status").asString(), 1, Integer::sum)));
        var expected = counts.entrySet().stream()
                .map(count -> count.getKey() + "_" + count.getValue() + "_")
                .collect(Collectors.joining());
        assertThat(delta().at("/apps__hashcode").asString()).isEqualTo(expected);
    }

    private static JsonNode delta() {
        return server.get("/eureka/v2/apps/delta", "Accept", "application/json")
                .json()
                .at("/applications");
    }

    private static String action(String app, String id) {
        return change(app, id).at("/actionType").asString();
    }

    private static JsonNode change(String app, String id) {
        for (var application : delta().at("/application")) {
            for (var instance : application.at("/instance")) {
                if (instance.at("/app").asString().equals(app)
                        && instance.at("/instanceId").asString().equals(id)) {
                    return instance;
                }
            }
        }
        throw new AssertionError(app + "/" + id + " is not in the delta.");
    }
}
