package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.system.ConfigurationClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests configurations in the whole registry: storage, schemas, rollback and watches. */
@Tag("integration")
class ConfigurationsTest {

    private static final String PRECISE = "{\"n\":[1e400,0.10,12345678901234567890,-0.0],\"ü\":\"\\u0000\"}";

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
    void configurationVersions_areStoredRolledBackDeletedAndAudited() throws Exception {
        var orders = client("orders");
        var first = orders.ask("PUT", "", "{ \"a\" : 1 }", "X-Reason", "the first one");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/api/v1/configurations/orders");
        assertThat(first.header("ETag")).isEqualTo("\"1\"");
        assertThat(first.data("/change")).isEqualTo("created");
        assertThat(orders.ask("PUT", "", "{\"a\":9}", "If-None-Match", "*").status())
                .isEqualTo(412);
        var second = orders.ask("PUT", "", PRECISE, "If-Match", "\"1\"");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("ETag")).isEqualTo("\"2\"");
        assertThat(second.position()).isGreaterThan(first.position());
        var same = orders.ask("PUT", "", " " + PRECISE + "\n");
        assertThat(same.data("/change") + same.data("/version")).isEqualTo("unchanged2");
        assertThat(same.position()).isGreaterThanOrEqualTo(second.position());

        var read = orders.ask("GET", "?min_position=" + second.position(), null);
        assertThat(read.text()).contains("\"configuration\":" + PRECISE);

        var back = orders.ask("POST", "/rollback", "{\"version\":1,\"reason\":\"too precise\"}");
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.data("/change") + back.data("/version")).isEqualTo("rolled_back3");
        var gone = orders.ask("DELETE", "", "{\"reason\":\"not needed\"}");
        assertThat(gone.status()).isEqualTo(200);
        assertThat(orders.ask("DELETE", "", null).status()).isEqualTo(404);
        var again = orders.ask("PUT", "", "{}");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("ETag")).isEqualTo("\"4\"");

        var versions = orders.ask("GET", "/versions?min_position=" + again.position(), null);
        assertThat(versions.body().at("/data/versions").findValuesAsString("version"))
                .containsExactly("4", "3", "2", "1");
        assertThat(versions.data("/versions/1/rolled_back_to")).isEqualTo("1");
        assertThat(versions.data("/versions/1/reason")).isEqualTo("too precise");
        assertThat(orders.ask("GET", "/versions/3", null).text()).contains("\"configuration\":{\"a\":1}");
        assertThat(orders.ask("GET", "/diff?from=1&to=4", null).data("/changes/0/path"))
                .isEqualTo("/a");
        assertThat(audit(again.position()))
                .containsExactly(
                        "ConfigurationStored anonymous admin rest the first one",
                        "ConfigurationStored anonymous admin rest -",
                        "ConfigurationRolledBack anonymous admin rest too precise",
                        "ConfigurationDeleted anonymous admin rest not needed",
                        "ConfigurationStored anonymous admin rest -");
    }

    @Test
    void invalidConfiguration_isRefused() throws Exception {
        var orders = client("refused");
        assertThat(orders.ask("PUT", "", "[]").code()).isEqualTo("validation_failed");
        assertThat(orders.ask("PUT", "", "{\"a\":1,\"a\":1}").code()).isEqualTo("malformed_json");
        assertThat(orders.ask("PUT", "", "{\"a\":1e10000}").code()).isEqualTo("malformed_json");
        assertThat(orders.ask("PUT", "", "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}")
                        .code())
                .isEqualTo("malformed_json");
        var half = orders.ask("PUT", "", "{\"a\":[{\"\\ud83d\\ude00\":\"\\ud83d\"}]}");
        assertThat(half.code()).isEqualTo("validation_failed");
        assertThat(half.body().at("/errors").findValuesAsString("field")).containsExactly("a[0].😀");
        assertThat(half.body().at("/errors/0/message").asString()).contains("unpaired surrogate U+D83D");
        var most = "{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
        assertThat(orders.ask("PUT", "", most).status()).isEqualTo(201);
        assertThat(orders.ask("PUT", "", most + " ").code()).isEqualTo("body_too_large");
        assertThat(client("-x").ask("PUT", "", "{}").code()).isEqualTo("validation_failed");
        assertThat(orders.ask("POST", "/rollback", "{\"version\":0}").code()).isEqualTo("validation_failed");
        assertThat(orders.ask("POST", "/rollback", "{\"version\":2}").code()).isEqualTo("unknown_version");
    }

    @Test
    void schema_isEnforcedUntilDeleted() throws Exception {
        var orders = client("held");
        orders.ask("PUT", "", "{\"port\":\"none\"}");
        var schema = "{\"required\":[\"port\"],\"properties\":{\"port\":{\"type\":\"integer\",\"maximum\":65535},"
                + "\"host\":{\"type\":\"string\"}}}";
        var refused = orders.ask("PUT", "/schema", schema);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("schema_violated");
        assertThat(orders.ask("PUT", "", "{\"port\":1}").status()).isEqualTo(200);
        var declared = orders.ask("PUT", "/schema", schema, "X-Reason", "ports are numbers");
        assertThat(declared.status()).isEqualTo(201);
        assertThat(declared.header("ETag")).isEqualTo("\"s1\"");

        var violated = orders.ask("PUT", "", "{\"port\":70000,\"host\":1}");
        assertThat(violated.status()).isEqualTo(422);
        assertThat(violated.body().at("/errors").findValuesAsString("field")).containsExactlyInAnyOrder("port", "host");
        assertThat(orders.ask("POST", "/rollback", "{\"version\":1}").code()).isEqualTo("schema_violated");
        assertThat(orders.ask("PUT", "/schema", "{\"$ref\":\"http://127.0.0.1:1/x\"}")
                        .code())
                .isEqualTo("validation_failed");

        assertThat(orders.ask("PUT", "/schema", "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}")
                        .code())
                .isEqualTo("schema_not_checkable");
        assertThat(Files.readString(directory.resolve("registry.log"))).doesNotContain("PatternValidator");

        var shown = orders.ask("GET", "/schema?min_position=" + declared.position(), null);
        assertThat(shown.text()).contains("\"schema\":" + schema);
        assertThat(orders.ask("DELETE", "/schema", null, "If-Match", "\"s9\"").status())
                .isEqualTo(412);
        var dropped = orders.ask("DELETE", "/schema", null);
        assertThat(dropped.status()).isEqualTo(200);
        assertThat(orders.ask("GET", "/schema?min_position=" + dropped.position(), null)
                        .code())
                .isEqualTo("unknown_schema");
        assertThat(orders.ask("PUT", "", "{\"port\":70000}").status()).isEqualTo(200);
    }

    @Test
    void concurrentUpdates_withSameIfMatch_succeedOnce() throws Exception {
        var orders = client("contended");
        orders.ask("PUT", "", "{}");
        for (int round = 1; round <= 5; round++) {
            var tag = "\"" + round + "\"";
            var begun = new ArrayList<CompletableFuture<Reply>>();
            for (int i = 0; i < 16; i++) {
                var body = "{\"round\":" + round + ",\"by\":" + i + "}";
                begun.add(orders.begin("PUT", "", body, "If-Match", tag));
            }
            var statuses =
                    begun.stream().map(reply -> reply.join().status()).sorted().toList();
            assertThat(statuses).hasSize(16).startsWith(200, 412).containsOnly(200, 412);
            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        }
    }

    @Test
    void longPollAndResumedStream_receiveOwnChangesInOrder() throws Exception {
        var orders = client("watched");
        var first = orders.ask("PUT", "", "{\"v\":1}");
        var index = first.position();
        var waiting = orders.begin("GET", "?wait=30s&index=" + index, null);
        client("billing").ask("PUT", "", "{}");
        var second = orders.ask("PUT", "", "{\"v\":2}");
        var woken = waiting.get(30, TimeUnit.SECONDS);
        assertThat(woken.data("/version")).isEqualTo("2");
        assertThat(woken.header("X-Registry-Index")).isEqualTo(Long.toString(second.position()));

        var told = new ArrayList<String>();
        long last;
        try (var stream = orders.stream(index)) {
            last = stream.next(told);
        }
        IntStream.rangeClosed(3, 30).forEach(version -> orders.ask("PUT", "", "{\"v\":" + version + "}"));
        while (told.size() < 29) {
            try (var stream = orders.stream(last)) {
                for (int i = 0; i < 7 && told.size() < 29; i++) {
                    last = stream.next(told);
                }
            }
        }
        assertThat(told)
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 30)
                        .mapToObj(version -> "change {\"v\":" + version + "}")
                        .toList());
    }

    private static ConfigurationClient client(String service) {
        return new ConfigurationClient(registry, service);
    }

    private static List<String> audit(long upTo) throws IOException, SQLException {
        assertThat(registry.get("/api/v1/audit?limit=1&wait=20s&min_position=" + upTo)
                        .status())
                .isEqualTo(200);
        return registry.store()
                .texts("SELECT concat_ws(' ', type, actor, role, protocol, coalesce(reason, '-')) FROM models.audit"
                        + " WHERE service = 'orders' AND position <= " + upTo
                        + " AND source_address IS NOT NULL AND request_id IS NOT NULL ORDER BY position");
    }
}
