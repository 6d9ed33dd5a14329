package dev.aicore.discovery.server.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Configurations in the whole registry: stored, held to a schema, rolled back, watched, and there again after a kill. */
@Tag("integration")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConfigurationsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/api/v1/configurations/orders";

    /** More than the book has between two snapshots. */
    private static final int MANY = 520;

    private static final String PRECISE = "{\"n\":[1e400,0.10,12345678901234567890,-0.0],\"ü\":\"\\u0000\"}";

    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void versionsAreStoredRolledBackDeletedAndAudited() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            // A store without any configuration has no book yet.
            assertThat(ask(registry, "DELETE", PATH, null).code()).isEqualTo("unknown_configuration");
            assertThat(ask(registry, "POST", PATH + "/rollback", "{\"version\":1}")
                            .code())
                    .isEqualTo("unknown_configuration");
            assertThat(ask(registry, "PUT", PATH, "{}", "If-Match", "\"1\"").code())
                    .isEqualTo("precondition_failed");

            var first = ask(registry, "PUT", PATH, "{ \"a\" : 1 }", "X-Reason", "the first one");
            assertThat(first.status()).isEqualTo(201);
            assertThat(first.header("Location")).isEqualTo(PATH);
            assertThat(first.header("ETag")).isEqualTo("\"1\"");
            assertThat(first.data("/change")).isEqualTo("created");
            assertThat(ask(registry, "PUT", PATH, "{\"a\":9}", "If-None-Match", "*")
                            .status())
                    .isEqualTo(412);
            var second = ask(registry, "PUT", PATH, PRECISE, "If-Match", "\"1\"");
            assertThat(second.status()).isEqualTo(200);
            assertThat(second.header("ETag")).isEqualTo("\"2\"");
            assertThat(second.position()).isGreaterThan(first.position());
            var same = ask(registry, "PUT", PATH, " " + PRECISE + "\n");
            assertThat(same.data("/change") + same.data("/version")).isEqualTo("unchanged2");
            assertThat(same.position()).isGreaterThanOrEqualTo(second.position());

            var read = ask(registry, "GET", PATH + "?min_position=" + second.position(), null);
            assertThat(read.text()).contains("\"configuration\":" + PRECISE);

            var back = ask(registry, "POST", PATH + "/rollback", "{\"version\":1,\"reason\":\"too precise\"}");
            assertThat(back.status()).isEqualTo(200);
            assertThat(back.data("/change") + back.data("/version")).isEqualTo("rolled_back3");
            var gone = ask(registry, "DELETE", PATH, null, "X-Reason", "not needed");
            assertThat(gone.status()).isEqualTo(200);
            assertThat(ask(registry, "DELETE", PATH, null).status()).isEqualTo(404);
            var again = ask(registry, "PUT", PATH, "{}");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.header("ETag")).isEqualTo("\"4\"");

            var versions = ask(registry, "GET", PATH + "/versions?min_position=" + again.position(), null);
            assertThat(versions.body().at("/data/versions").findValuesAsString("version"))
                    .containsExactly("4", "3", "2", "1");
            assertThat(versions.data("/versions/1/rolled_back_to")).isEqualTo("1");
            assertThat(versions.data("/versions/1/reason")).isEqualTo("too precise");
            assertThat(ask(registry, "GET", PATH + "/versions/3", null).text()).contains("\"configuration\":{\"a\":1}");
            assertThat(ask(registry, "GET", PATH + "/diff?from=1&to=4", null).data("/changes/0/path"))
                    .isEqualTo("/a");
            assertThat(audit(registry, again.position()))
                    .containsExactly(
                            "ConfigurationStored anonymous admin rest the first one",
                            "ConfigurationStored anonymous admin rest -",
                            "ConfigurationRolledBack anonymous admin rest too precise",
                            "ConfigurationDeleted anonymous admin rest not needed",
                            "ConfigurationStored anonymous admin rest -");
        }
    }

    @Test
    void whatIsNoConfigurationIsRefused() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            assertThat(ask(registry, "PUT", PATH, "[]").code()).isEqualTo("validation_failed");
            assertThat(ask(registry, "PUT", PATH, "{\"a\":1,\"a\":1}").code()).isEqualTo("malformed_json");
            assertThat(ask(registry, "PUT", PATH, "{\"a\":1e10000}").code()).isEqualTo("malformed_json");
            assertThat(ask(registry, "PUT", PATH, "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}")
                            .code())
                    .isEqualTo("malformed_json");
            var most = "{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
            assertThat(ask(registry, "PUT", PATH, most).status()).isEqualTo(201);
            assertThat(ask(registry, "PUT", PATH, most + " ").code()).isEqualTo("body_too_large");
            assertThat(ask(registry, "PUT", "/api/v1/configurations/-x", "{}").code())
                    .isEqualTo("validation_failed");
            assertThat(ask(registry, "POST", PATH + "/rollback", "{\"version\":0}")
                            .code())
                    .isEqualTo("validation_failed");
            assertThat(ask(registry, "POST", PATH + "/rollback", "{\"version\":2}")
                            .code())
                    .isEqualTo("unknown_version");
        }
    }

    @Test
    void aSchemaIsHeldTo() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            ask(registry, "PUT", PATH, "{\"port\":\"none\"}");
            var schema = "{\"required\":[\"port\"],\"properties\":{\"port\":{\"type\":\"integer\",\"maximum\":65535},"
                    + "\"host\":{\"type\":\"string\"}}}";
            var refused = ask(registry, "PUT", PATH + "/schema", schema);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("schema_violated");
            assertThat(ask(registry, "PUT", PATH, "{\"port\":1}").status()).isEqualTo(200);
            var declared = ask(registry, "PUT", PATH + "/schema", schema, "X-Reason", "ports are numbers");
            assertThat(declared.status()).isEqualTo(201);
            assertThat(declared.header("ETag")).isEqualTo("\"s1\"");

            var violated = ask(registry, "PUT", PATH, "{\"port\":70000,\"host\":1}");
            assertThat(violated.status()).isEqualTo(422);
            assertThat(violated.body().at("/errors").findValuesAsString("field"))
                    .containsExactlyInAnyOrder("port", "host");
            assertThat(ask(registry, "POST", PATH + "/rollback", "{\"version\":1}")
                            .code())
                    .isEqualTo("schema_violated");
            assertThat(ask(registry, "PUT", PATH + "/schema", "{\"$ref\":\"http://127.0.0.1:1/x\"}")
                            .code())
                    .isEqualTo("validation_failed");

            assertThat(ask(registry, "PUT", PATH + "/schema", "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}")
                            .code())
                    .isEqualTo("schema_not_checkable");
            assertThat(Files.readString(directory.resolve("registry.log"))).doesNotContain("PatternValidator");

            var shown = ask(registry, "GET", PATH + "/schema?min_position=" + declared.position(), null);
            assertThat(shown.text()).contains("\"schema\":" + schema);
            assertThat(ask(registry, "DELETE", PATH + "/schema", null, "If-Match", "\"s9\"")
                            .status())
                    .isEqualTo(412);
            var dropped = ask(registry, "DELETE", PATH + "/schema", null);
            assertThat(dropped.status()).isEqualTo(200);
            assertThat(ask(registry, "GET", PATH + "/schema?min_position=" + dropped.position(), null)
                            .code())
                    .isEqualTo("unknown_schema");
            assertThat(ask(registry, "PUT", PATH, "{\"port\":70000}").status()).isEqualTo(200);
        }
    }

    @Test
    void ofManyWhoSawTheSameVersionOneGetsThrough() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            ask(registry, "PUT", PATH, "{}");
            for (int round = 1; round <= 5; round++) {
                var tag = "\"" + round + "\"";
                var begun = new ArrayList<CompletableFuture<Reply>>();
                for (int i = 0; i < 16; i++) {
                    var body = "{\"round\":" + round + ",\"by\":" + i + "}";
                    begun.add(http.sendAsync(
                                    request(registry, "PUT", PATH, body, "If-Match", tag), BodyHandlers.ofString())
                            .thenApply(Reply::new));
                }
                var statuses = begun.stream()
                        .map(reply -> reply.join().status())
                        .sorted()
                        .toList();
                assertThat(statuses).hasSize(16).startsWith(200, 412).containsOnly(200, 412);
                assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
            }
        }
    }

    @Test
    void aKillLosesNothingAndAKeyIsAnsweredAgain() throws Exception {
        var registry = RunningRegistry.start(directory);
        var keyed = ask(registry, "PUT", PATH, "{\"v\":1}", "Idempotency-Key", "k1");
        assertThat(keyed.status()).isEqualTo(201);
        for (int version = 2; version <= MANY; version++) {
            assertThat(ask(registry, "PUT", PATH, "{\"v\":" + version + "}").status())
                    .isEqualTo(200);
        }
        var last = ask(registry, "PUT", "/api/v1/configurations/billing/schema", "{\"required\":[\"a\"]}");
        await().atMost(Duration.ofSeconds(60)).until(() -> snapshots(registry).equals("VersionBook -2"));
        registry.kill();

        try (var restarted = RunningRegistry.start(directory)) {
            var replayed = ask(restarted, "PUT", PATH, "{\"v\":1}", "Idempotency-Key", "k1");
            assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(replayed.text()).isEqualTo(keyed.text());
            assertThat(ask(restarted, "PUT", PATH, "{\"v\":2}", "Idempotency-Key", "k1")
                            .code())
                    .isEqualTo("idempotency_key_reused");
            assertThat(ask(restarted, "PUT", "/api/v1/configurations/billing", "{}")
                            .code())
                    .isEqualTo("schema_violated");
            var back = ask(restarted, "POST", PATH + "/rollback", "{\"version\":1}", "If-Match", "\"" + MANY + "\"");
            assertThat(back.status()).isEqualTo(200);
            assertThat(back.position()).isGreaterThan(last.position());
            var read = ask(restarted, "GET", PATH + "?wait=20s&min_position=" + back.position(), null);
            assertThat(read.data("/version")).isEqualTo(Integer.toString(MANY + 1));
            assertThat(read.data("/configuration/v")).isEqualTo("1");
            var page = ask(restarted, "GET", PATH + "/versions?limit=1000", null);
            assertThat(page.body().at("/data/versions")).hasSize(MANY + 1);
        }
    }

    @Test
    void whoWaitsIsWokenByItsOwnAndWhoStreamsResumes() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            var first = ask(registry, "PUT", PATH, "{\"v\":1}");
            var index = first.position();
            var waiting = http.sendAsync(
                            request(registry, "GET", PATH + "?wait=30s&index=" + index, null), BodyHandlers.ofString())
                    .thenApply(Reply::new);
            ask(registry, "PUT", "/api/v1/configurations/billing", "{}");
            var second = ask(registry, "PUT", PATH, "{\"v\":2}");
            var woken = waiting.get(30, TimeUnit.SECONDS);
            assertThat(woken.data("/version")).isEqualTo("2");
            assertThat(woken.header("X-Registry-Index")).isEqualTo(Long.toString(second.position()));

            var told = new ArrayList<String>();
            long last;
            try (var stream = new Stream(registry, index)) {
                last = stream.next(told);
            }
            IntStream.rangeClosed(3, 30).forEach(version -> unchecked(registry, version));
            while (told.size() < 29) {
                try (var stream = new Stream(registry, last)) {
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
    }

    private void unchecked(RunningRegistry registry, int version) {
        try {
            ask(registry, "PUT", PATH, "{\"v\":" + version + "}");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer. */
    private record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode body() {
            return JSON.readTree(response.body());
        }

        String data(String pointer) {
            return body().at("/data" + pointer).asString();
        }

        String code() {
            return body().path("code").asString();
        }

        long position() {
            return body().at("/meta/position").asLong();
        }

        @Nullable
        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    private Reply ask(RunningRegistry registry, String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        return new Reply(http.send(request(registry, method, path, body, headers), BodyHandlers.ofString()));
    }

    private static HttpRequest request(
            RunningRegistry registry, String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(registry.address() + path))
                .timeout(RunningRegistry.PATIENCE.multipliedBy(2))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private static List<String> audit(RunningRegistry registry, long upTo) throws SQLException {
        return texts(
                registry,
                "SELECT concat_ws(' ', type, actor, role, protocol, coalesce(reason, '-')) FROM models.audit"
                        + " WHERE service = 'orders' AND position <= " + upTo
                        + " AND source_address IS NOT NULL AND request_id IS NOT NULL ORDER BY position");
    }

    private static String snapshots(RunningRegistry registry) throws SQLException {
        return String.join(", ", texts(registry, "SELECT type || ' ' || shard FROM store.snapshots WHERE shard < 0"));
    }

    private static List<String> texts(RunningRegistry registry, String query) throws SQLException {
        try (var connection = registry.store().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /** The changes behind a position. */
    private static final class Stream implements AutoCloseable {

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final BufferedReader lines;

        Stream(RunningRegistry registry, long after) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(registry.address() + PATH))
                    .timeout(RunningRegistry.PATIENCE)
                    .header("Accept", "text/event-stream")
                    .header("Last-Event-ID", Long.toString(after));
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
        }

        /** Waits for the next change, and tells its position. */
        long next(List<String> told) throws IOException {
            String name = "";
            long position = -1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    position = Long.parseLong(line.substring("id: ".length()));
                } else if (line.startsWith("data: ") && name.equals("change")) {
                    var data = JSON.readTree(line.substring("data: ".length()));
                    told.add(name + " " + data.at("/configuration/configuration"));
                    return position;
                }
            }
            throw new IOException("The stream has ended.");
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
