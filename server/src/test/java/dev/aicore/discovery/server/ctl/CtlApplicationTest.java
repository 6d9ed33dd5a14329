package dev.aicore.discovery.server.ctl;

import static dev.aicore.discovery.server.ctl.CtlServer.ctl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Runs the tool against one registry, and finally against the database that it leaves. */
@Tag("integration")
@TestMethodOrder(OrderAnnotation.class)
class CtlApplicationTest extends CtlServerFixture {

    private static final Map<String, String> NOBODY = Map.of();

    private static boolean stopped;

    @AfterAll
    static void stop() {
        if (!stopped) {
            server.close();
        }
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
    void logLevelCommand_showsChangesAndSetsBack() {
        var logger = "dev.aicore.discovery.query";
        assertThat(server.ctl("log-level", logger).ok().out())
                .startsWith("The level of " + logger + " is ")
                .contains(", that of ");

        var changed = server.ctl(
                        "log-level", logger, "debug", "--for", "1h", "--reason", "slow reads, für alle", "-o", "json")
                .json()
                .at("/data/change");
        assertThat(Instant.parse(changed.path("until").asString()))
                .isEqualTo(Instant.parse(changed.path("changed_at").asString()).plusSeconds(3_600));
        assertThat(server.ctl("log-level").ok().out()).contains(logger, "debug", "slow reads, für alle");
        assertThat(server.ctl("log-level", logger).ok().out()).contains(" is debug until 20");
        assertThat(server.ctl("log-level", logger + ".history").ok().out()).contains(" is debug, that of " + logger);
        assertThat(server.ctl("log-level", logger, "warn").ok().out()).contains(" is warn until 20");
        assertThat(server.ctl("log-level", logger, "reset", "--reason", "done")
                        .ok()
                        .out())
                .startsWith("The level of " + logger + " is ");
        assertThat(server.ctl("log-level").ok().out()).doesNotContain(logger);

        assertThat(server.ctl("log-level", logger, "loud").err()).contains("400 validation_failed");
        assertThat(server.ctl("log-level", "no.such", "info").err()).contains("404 not_found");
        assertThat(server.ctl("log-level", logger, "info", "--for", "25h").err())
                .contains("400 validation_failed");
        for (var misuse : List.of(
                List.of("log-level", "--for", "1m"),
                List.of("log-level", logger, "--reason", "why"),
                List.of("log-level", logger, "reset", "--for", "1m"),
                List.of("log-level", logger, "info", "--for", "soon"))) {
            var refused = server.ctl(misuse.toArray(String[]::new));
            assertThat(refused.code()).as(misuse.toString()).isEqualTo(2);
            assertThat(refused.err().lines()).singleElement().asString().startsWith("--");
        }
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
            assertThat(broken.err().lines()).singleElement().asString().startsWith("The token contains a blank");
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
    void offlineCommands_workOnDataDirectoryOfStoppedServer() throws IOException {
        var data = directory.resolve("data").toString();
        var inUse = server.ctl("projections", "verify", "--all", "--data-dir", data);
        assertThat(inUse.code()).isEqualTo(1);
        assertThat(inUse.err().lines()).singleElement().asString().contains("is in use by process");
        server.sql("UPDATE models.instances SET owner = 'somebody' WHERE id = 'shop-2'");
        var online = directory.resolve("online.ndjson");
        server.ctl("export", "--from", "" + from, "--to", "" + to, online.toString())
                .ok();
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
                .isEqualTo(Files.readString(online));
        assertThat(ctl(NOBODY, "projections", "verify", "--all", "--data-dir", directory.toString())
                        .err())
                .contains("There is no PostgreSQL of a registry");
    }
}
