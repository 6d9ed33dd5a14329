package dev.aicore.discovery.server.ctl;

import static dev.aicore.discovery.server.ctl.CtlServer.ctl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.KeyIssued;
import dev.aicore.discovery.projection.bundle.Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs the tool against one registry, and finally against the database that it leaves. */
@Tag("integration")
@TestMethodOrder(OrderAnnotation.class)
class CtlApplicationTest {

    private static final Map<String, String> NOBODY = Map.of();
    private static final String SCHEMA = "/api/v1/configurations/shop/schema";

    @TempDir
    static Path directory;

    private static CtlServer server;
    private static boolean stopped;
    private static final List<BundleReplay> REPLAYS = new ArrayList<>();
    private static JsonNode schema;
    private static long from;
    private static long to;

    @BeforeAll
    static void start() {
        server = CtlServer.start(directory.resolve("data"));
        register("shop-0", "10.0.0.10", "\"version\":\"1.0.0\"");
        register("shop-1", "10.0.0.1", "\"version\":\"1.2.0\",\"weight\":100,\"tags\":[\"blue\"],\"zone\":\"a\"");
        register(
                "shop-2",
                "10.0.0.2",
                "\"version\":\"2.0.0\",\"weight\":50,\"metadata\":{\"region\":\"eu\"},\"zone\":\"b\"");
        server.write(
                "PUT",
                "/api/v1/configurations/shop",
                "{\"pool\":{\"size\":0.10,\"rate\":12345678901234567.89,\"most\":1e400}}");
        server.write("PUT", SCHEMA, "{\"type\":\"object\",\"minProperties\":1}");
        server.write("DELETE", "/api/v1/services/shop-0", "");
        from = server.write("PUT", "/api/v1/services/shop-1", "{\"weight\":70,\"reason\":\"slow disk\"}");
        register("shop-3", "10.0.0.3", "\"version\":\"1.9.0\",\"tags\":[\"blue\"]");
        server.write("PUT", "/api/v1/services/shop-2", "{\"status\":\"maintenance\",\"reason\":\"new disk\"}");
        server.write("PUT", "/api/v1/configurations/shop", "{\"pool\":{\"size\":30}}");
        server.write(
                "POST",
                "/api/v1/admin/api-keys",
                "{\"principal\":\"orders\",\"role\":\"viewer\",\"description\":\"in the window\"}");
        to = server.write("DELETE", "/api/v1/services/shop-1", "");
        register("later-1", "10.0.1.1", "\"version\":\"1.0.0\"", "later");
        schema = server.send(server.base(), "GET", SCHEMA, "").body().path("data");
        server.write("PUT", SCHEMA, "{}");
    }

    @AfterAll
    static void stop() throws IOException {
        // Servers of one process share their event loops: the first one that closes ends them for all.
        if (!stopped) {
            server.close();
        }
        for (var bundleReplay : REPLAYS) {
            bundleReplay.close();
        }
    }

    private static void register(String id, String address, String more) {
        register(id, address, more, "shop");
    }

    private static void register(String id, String address, String more, String service) {
        server.write(
                "POST",
                "/api/v1/services",
                "{\"id\":\"" + id + "\",\"name\":\"" + service + "\",\"address\":\"" + address
                        + "\",\"port\":80,\"ttl\":3600," + more + "}");
    }

    @Test
    @Order(1)
    void registryUrl_isFoundByDataDirectoryUnlessGiven() {
        var found = ctl(dataDirectory(), "services", "--service", "shop").ok();
        assertThat(found.out()).contains("shop-2");
        // An explicit option takes precedence.
        assertThat(ctl(dataDirectory(), "services", "--url", "http://127.0.0.1:1")
                        .err())
                .contains("Failed to reach a registry at http://127.0.0.1:1 ");
    }

    private static Map<String, String> dataDirectory() {
        return Map.of("SERVICE_DISCOVERY__DATA_DIR", directory.resolve("data").toString());
    }

    @Test
    @Order(1)
    void servicesCommand_listsInstancesNowAndAsOfPosition() {
        var now = server.ctl("services", "--service", "shop").ok().out();
        assertThat(now.lines()).hasSize(3);
        assertThat(now)
                .contains("SERVICE", "shop-2", "maintenance", "10.0.0.3:80")
                .doesNotContain("shop-1");
        assertThat(server.ctl("services", "--at", "" + from).ok().out())
                .contains("shop-1")
                .doesNotContain("shop-3");
        assertThat(server.ctl("services", "--at", "" + from, "-o", "json")
                        .json()
                        .at("/data/services"))
                .hasSize(2);
    }

    @Test
    @Order(1)
    void historyAuditAndDiffCommands_showChanges() {
        var history = server.ctl("history", "shop-1").ok().out();
        assertThat(history.lines()).hasSize(4);
        assertThat(history).contains("update", "slow disk", "deregister");
        assertThat(server.ctl("audit", "--service", "shop", "--action", "deregister", "--order", "desc", "--limit", "1")
                        .ok()
                        .out())
                .contains("shop-1");
        var diff = server.ctl("diff", "--from", "" + from, "--to", "" + to, "--service", "shop")
                .ok()
                .out();
        assertThat(diff).contains("added", "shop-3", "removed", "shop-1", "declared: active to maintenance");
    }

    @Test
    @Order(1)
    void timelineCommand_drawsInstanceStates() {
        var drawn = server.ctl("timeline", "shop", "--window", "1h").ok().out();
        assertThat(drawn.lines().filter(line -> line.startsWith("shop-"))).hasSize(4);
        assertThat(drawn)
                .contains("# healthy", "m maintenance", ". not registered")
                .doesNotContain("\u001b");
        assertThat(drawn.lines()
                        .filter(line -> line.startsWith("shop-2"))
                        .findFirst()
                        .orElseThrow())
                .endsWith("m");
        assertThat(server.ctl("timeline", "nothing").ok().out()).contains("No instance of nothing was registered");
    }

    @Test
    @Order(1)
    void keysCommand_issuesListsRotatesAndRevokes() {
        var issued = server.ctl("keys", "issue", "--principal", "ci", "--role", "admin", "-o", "json")
                .json();
        var id = issued.at("/data/key_id").asString();
        var key = issued.at("/data/key").asString();
        addPageOfOlderKeys();
        assertThat(server.ctl("keys", "list").ok().out())
                .contains("old000000999", id, "ci")
                .doesNotContain(key);
        assertThat(server.ctl("services", "--api-key", key).ok().err()).isEmpty();
        var rotated = server.ctl("keys", "rotate", id, "--overlap", "60").ok().out();
        assertThat(rotated).contains("shown only once: sd_" + id);
        var reason = "laptop stolen — für alle";
        assertThat(server.ctl("keys", "revoke", id, "--reason", reason).ok().out())
                .contains("is revoked");
        await().untilAsserted(() ->
                assertThat(server.ctl("audit", "--action", "key").ok().out()).contains(reason));
        var refused = ctl(Map.of("SERVICE_DISCOVERY_URL", server.base(), "REGISTRY_API_KEY", key), "services");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("Refused: ")
                .contains("401 unauthorized")
                .doesNotContain(key);
    }

    private static void addPageOfOlderKeys() {
        var keys = server.bean(ApiKeyRegistry.class);
        for (int i = 0; i < 1_000; i++) {
            keys.apply(new KeyIssued(
                    "old%09d".formatted(i),
                    "old",
                    "viewer",
                    "",
                    "",
                    Instant.EPOCH,
                    null,
                    EventMetadata.ofRegistry("rest")));
        }
    }

    @Test
    @Order(1)
    void configurationsCommand_showsExactNumbersAndVersions() {
        var shown = server.ctl("configurations", "show", "shop", "--at", "" + from)
                .ok()
                .out();
        var expected = "{\"pool\":{\"size\":0.10,\"rate\":12345678901234567.89,\"most\":1e400}}";
        assertThat(shown).isEqualToIgnoringWhitespace(expected);
        var whole = server.ctl("configurations", "show", "shop", "--at", "" + from, "-o", "json")
                .ok()
                .out();
        assertThat(whole.replaceAll("\\s", "")).contains("\"configuration\":" + expected, "\"success\":true");
        assertThat(server.ctl("configurations", "versions", "shop").ok().out().lines())
                .hasSize(3);
    }

    @Test
    @Order(1)
    void exitCode_distinguishesUsageErrorFromRefusal() {
        assertThat(server.ctl().code()).isEqualTo(2);
        assertThat(server.ctl("frobnicate").code()).isEqualTo(2);
        assertThat(server.ctl("projections", "rebuild").code()).isEqualTo(2);
        assertThat(server.ctl("projections", "rebuild", "audit", "--all").code())
                .isEqualTo(2);
        assertThat(server.ctl("history").code()).isEqualTo(2);
        assertThat(server.ctl("--help").ok().out()).contains("projections", "replay", "Exit codes");

        var unknown = server.ctl("history", "nobody");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err().lines()).singleElement().asString().contains("404 unknown_instance");
        var wrong = server.ctl("services", "--at", "yesterday");
        assertThat(wrong.err()).contains("400 validation_failed; at is not a point in time (expected an instant");
        var nobody = ctl(NOBODY, "--url", "http://127.0.0.1:9", "services");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err().lines())
                .singleElement()
                .asString()
                .startsWith("Failed to reach a registry at http://127.0.0.1:9");
        assertThat(ctl(NOBODY, "--url", "not an address", "services").err()).contains("is not a valid URL");
        assertThat(server.ctl("--token", "a", "--api-key", "b", "services").code())
                .isEqualTo(1);
        for (var secret : List.of("se\ncret", "se cret", "se—cret")) {
            var broken = ctl(Map.of("REGISTRY_TOKEN", secret), "services");
            assertThat(broken.code()).isEqualTo(1);
            assertThat(broken.err().lines()).singleElement().asString().startsWith("The token has a blank");
            assertThat(broken.err()).doesNotContain("cret");
        }
    }

    @Test
    @Order(1)
    void completionCommand_printsShellCompletion() {
        assertThat(server.ctl("completion").ok().out()).contains("complete ", "registry", "dead-letters", "--url");
    }

    @Test
    @Order(2)
    void projectionsCommand_verifiesAndRebuilds() {
        assertThat(server.ctl("projections", "status").ok().out()).contains("No read model was rebuilt");
        var verified = server.ctl("projections", "verify", "--all").ok();
        assertThat(verified.out()).contains("instance_versions", "all rows equal the store");
        assertThat(verified.err()).contains("verify of audit, configurations, instances: 100.0 %", "events/s");

        server.sql("UPDATE models.instances SET owner = 'somebody' WHERE id = 'shop-2'");
        var differs = server.ctl("projections", "verify", "instances");
        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.out()).contains("instances differed from the store: [\"shop-2\"]");

        var rebuilt = server.ctl("projections", "rebuild", "instances").ok().out();
        assertThat(rebuilt).contains("before", "after", "the differences are corrected");
        assertThat(server.ctl("projections", "verify", "instances", "-o", "json")
                        .json()
                        .at("/state")
                        .asString())
                .isEqualTo("done");
        assertThat(server.ctl("projections", "list").ok().out()).contains("audit", "live");
        assertThat(server.ctl("projections", "status").ok().out()).contains("instances", "verify", "done");
        assertThat(server.ctl("projections", "rebuild", "nonsense").err()).contains("404 not_found");
    }

    @Test
    @Order(3)
    void deadLettersCommand_listsRetriesAndDrops() {
        server.sql(
                "ALTER TABLE models.instance_versions ADD CONSTRAINT poison CHECK (declaration #>> '{metadata,v}' <> 'poison')");
        register("bad", "10.0.0.9", "\"metadata\":{\"v\":\"fine\"}", "letters");
        long dead = server.send(server.base(), "PUT", "/api/v1/services/bad", "{\"metadata\":{\"v\":\"poison\"}}")
                .position();
        long waiting = server.write("PUT", "/api/v1/services/bad", "{\"metadata\":{\"v\":\"fine again\"}}");

        var listed = server.ctl("projections", "dead-letters", "list").ok().out();
        assertThat(listed)
                .contains("" + dead, "InstanceUpdated", "bad", "poison", "waits for the fact at position " + dead);
        var retried = server.ctl("projections", "dead-letters", "retry", "" + dead);
        assertThat(retried.code()).isEqualTo(1);
        assertThat(retried.out()).contains("instances", "2");

        var dropped = server.ctl("projections", "dead-letters", "drop", "" + dead, "--reason", "ein Versuch, für alle")
                .ok();
        assertThat(dropped.out()).contains("is dropped from instances");
        server.write("PUT", "/api/v1/services/shop-2", "{\"weight\":51}");
        assertThat(server.ctl("audit", "--action", "drop").ok().out())
                .contains("InstanceUpdated of bad", "ein Versuch, für alle");
        assertThat(server.ctl("projections", "dead-letters", "retry", "" + waiting)
                        .ok()
                        .out())
                .contains("instances");
        assertThat(server.ctl("projections", "dead-letters", "list").ok().out()).contains("No dead letters exist");
        var gone = server.ctl("projections", "dead-letters", "drop", "" + dead);
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err()).contains("The fact at position " + dead + " is not a dead letter.");
        server.sql("ALTER TABLE models.instance_versions DROP CONSTRAINT poison");
    }

    @Test
    @Order(4)
    void replayedBundle_givesResponsesOfRegistry() throws IOException, SQLException {
        var file = directory.resolve("night.ndjson");
        var told = server.ctl("export", "--from", "" + from, "--to", "" + to, file.toString())
                .ok()
                .out();
        assertThat(told).contains("from position " + from, "to " + to);
        assertThat(Files.readString(file))
                .doesNotContainPattern("hash[^}]{0,12}[0-9a-f]{64}")
                .contains("KeyIssued");

        var there = replay(file);
        int compared = 0;
        for (long at = from; at <= to; at++) {
            for (var question : questions(at)) {
                var original = server.send(server.base(), "GET", question, "");
                var answer = server.send(there, "GET", question, "");
                assertThat(answer.status()).as(question + " " + answer.body()).isEqualTo(original.status());
                assertThat(answer.body()).as(question).isEqualTo(original.body());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(60);
        for (var question : List.of(
                "/api/v1/audit?from=" + from + "&to=" + to,
                "/api/v1/diff?from=" + from + "&to=" + to,
                "/api/v1/services/shop-1/history?from=" + from + "&to=" + to)) {
            assertThat(server.send(there, "GET", question, "").body().path("data"))
                    .as(question)
                    .isEqualTo(server.send(server.base(), "GET", question, "")
                            .body()
                            .path("data"));
        }
        assertThat(server.send(there, "GET", SCHEMA, "").body().path("data")).isEqualTo(schema);
        assertThat(server.send(there, "DELETE", "/api/v1/services/shop-2", "").status())
                .isEqualTo(405);
        assertThat(server.send(there, "POST", "/api/v1/services", "{}")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("method_not_allowed");
        assertThat(server.send(there, "GET", "/api/v1/services?at=" + (to + 1), "")
                        .status())
                .isEqualTo(410);
        assertThat(server.send(there, "GET", "/api/v1/services?at=" + (from - 1), "")
                        .status())
                .isEqualTo(410);
        assertThat(server.send(there, "GET", "/api/v1/services?at=" + Instant.now(), "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Order(5)
    void bundleOfPreviousVersion_isReplayedWithoutSchemas() throws Exception {
        var lines = new ArrayList<>(Files.readAllLines(directory.resolve("night.ndjson")));
        lines.removeIf(line -> line.contains("configuration_schemas"));
        var end = lines.removeLast();
        var older = String.join("\n", lines).replaceFirst("\"version\":2", "\"version\":1") + "\n";
        var file = directory.resolve("older.ndjson");
        Files.writeString(file, older + end.replaceFirst("[0-9a-f]{64}", sha256(older)) + "\n");

        var there = replay(file);
        assertThat(server.send(there, "GET", "/api/v1/configurations/shop?at=" + from, "")
                        .body())
                .isEqualTo(server.send(server.base(), "GET", "/api/v1/configurations/shop?at=" + from, "")
                        .body());
        var refused = server.send(there, "GET", SCHEMA, "");
        assertThat(refused.status()).isEqualTo(410);
        assertThat(refused.body().path("code").asString()).isEqualTo("history_compacted");
    }

    /** Starts a replay and returns its URL. */
    private static String replay(Path file) throws IOException, SQLException {
        var bundleReplay = BundleReplay.start(Bundle.open(file), 0);
        REPLAYS.add(bundleReplay);
        return "http://127.0.0.1:" + bundleReplay.port();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> questions(long at) {
        var discover = "/api/v1/discover?service_name=shop&at=" + at;
        return List.of(
                discover,
                discover + "&load_balancing_strategy=weighted",
                discover + "&load_balancing_strategy=consistent_hash&hash_key=alice",
                discover + "&load_balancing_strategy=random&version=%5E1",
                discover + "&tag=blue",
                discover + "&metadata.region=eu&include_unhealthy=true",
                discover + "&zone=b&limit=1",
                "/api/v1/services?at=" + at,
                "/api/v1/services/shop/instances?at=" + at,
                "/api/v1/services/shop-1?at=" + at,
                "/api/v1/service-names?at=" + at,
                "/api/v1/configurations/shop?at=" + at,
                "/api/v1/explain?service_name=shop&id=shop-0&at=" + at,
                "/api/v1/explain?service_name=shop&id=shop-1&at=" + at,
                "/api/v1/explain?service_name=shop&id=shop-2&at=" + at);
    }

    @Test
    @Order(5)
    void corruptBundle_isRefused() throws IOException {
        var file = directory.resolve("whole.ndjson");
        server.ctl("export", "--from", "" + from, file.toString()).ok();
        var whole = Files.readString(file);
        assertThat(replayed(whole.substring(0, whole.length() / 2))).contains("is truncated");
        assertThat(replayed(whole.substring(0, whole.lastIndexOf('\n', whole.length() - 2) + 1)))
                .contains("is truncated");
        assertThat(replayed(whole.replaceFirst("shop-3", "shop-4"))).contains("is corrupt: its SHA-256 is");
        assertThat(replayed(whole.replaceFirst("\"version\":2", "\"version\":3")))
                .contains("has format version 3; this registry reads versions 1 to 2");
        assertThat(replayed("{}\n")).contains("is not a bundle");
        assertThat(replayed("")).contains("is not a bundle");
        assertThat(server.ctl("replay", directory.resolve("none").toString()).err())
                .contains("There is no file");
        var refused = server.ctl("export", "--from", "1", "--to", "999999999", file.toString());
        assertThat(refused.err()).contains("410 other_store");
        assertThat(Files.readString(file))
                .as("a failed export leaves the existing file unchanged")
                .isEqualTo(whole);
    }

    private static String replayed(String text) throws IOException {
        var file = directory.resolve("damaged.ndjson");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        var done = server.ctl("replay", file.toString());
        assertThat(done.code()).isEqualTo(1);
        assertThat(done.err().lines()).hasSize(1);
        return done.err();
    }

    @Test
    @Order(6)
    void offlineCommands_workOnDataDirectoryOfStoppedServer() throws IOException {
        var data = directory.resolve("data").toString();
        var inUse = server.ctl("projections", "verify", "--all", "--data-dir", data);
        assertThat(inUse.code()).isEqualTo(1);
        assertThat(inUse.err().lines()).singleElement().asString().contains("is in use by process");
        server.sql("UPDATE models.instances SET owner = 'somebody' WHERE id = 'shop-2'");
        server.close();
        stopped = true;
        assertThat(directory.resolve("data/registry.url")).doesNotExist();

        assertThat(ctl(NOBODY, "projections", "verify", "instances", "--data-dir", data)
                        .code())
                .isEqualTo(1);
        assertThat(ctl(NOBODY, "projections", "rebuild", "--all", "--data-dir", data)
                        .ok()
                        .out())
                .contains("the differences are corrected");
        var file = directory.resolve("offline.ndjson");
        assertThat(ctl(NOBODY, "export", "--from", "" + from, "--to", "" + to, file.toString(), "--data-dir", data)
                        .ok()
                        .out())
                .contains("from position " + from);
        assertThat(Files.readString(file))
                .as("the export equals the one of the server")
                .isEqualTo(Files.readString(directory.resolve("night.ndjson")));
        assertThat(ctl(NOBODY, "projections", "verify", "--all", "--data-dir", directory.toString())
                        .err())
                .contains("There is no PostgreSQL of a registry");
    }
}
