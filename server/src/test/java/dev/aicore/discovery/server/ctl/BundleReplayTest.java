package dev.aicore.discovery.server.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.projection.bundle.Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Exports bundles of one registry, and replays them. */
@Tag("integration")
@TestMethodOrder(OrderAnnotation.class)
class BundleReplayTest extends CtlServerFixture {

    private static final List<BundleReplay> REPLAYS = new ArrayList<>();

    @AfterAll
    static void stop() throws IOException {
        // Servers of one process share their event loops: the first one that closes ends them for all.
        server.close();
        for (var bundleReplay : REPLAYS) {
            bundleReplay.close();
        }
    }

    @Test
    @Order(1)
    void replayedBundle_givesResponsesOfRegistry() throws Exception {
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
        assertThat(sessionStatus(there)).isEqualTo(200);
        var caller = server.send(there, "GET", "/api/v1/whoami", "").body().path("data");
        assertThat(caller.path("replay_until").asString()).isNotEmpty();
        assertThat(caller.path("writes").asBoolean()).isFalse();
        assertThat(server.send(server.base(), "GET", "/api/v1/whoami", "")
                        .body()
                        .path("data")
                        .has("replay_until"))
                .isFalse();
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
    @Order(2)
    void bundleOfPreviousVersion_isReplayedWithoutSchemas() throws Exception {
        var lines = new ArrayList<>(Files.readAllLines(directory.resolve("night.ndjson")));
        lines.removeIf(line -> line.contains("configuration_schemas") || line.startsWith("{\"observation\""));
        var end = lines.removeLast();
        var older = String.join("\n", lines).replaceFirst("\"version\":3", "\"version\":1") + "\n";
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

    /** Returns the status of the request by which the web UI begins. */
    private static int sessionStatus(String base) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + "/ui/session/token"))
                .header("Origin", base)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
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
    @Order(2)
    void corruptBundle_isRefused() throws IOException {
        var file = directory.resolve("whole.ndjson");
        server.ctl("export", "--from", "" + from, file.toString()).ok();
        var whole = Files.readString(file);
        assertThat(replayed(whole.substring(0, whole.length() / 2))).contains("is truncated");
        assertThat(replayed(whole.substring(0, whole.lastIndexOf('\n', whole.length() - 2) + 1)))
                .contains("is truncated");
        assertThat(replayed(whole.replaceFirst("shop-3", "shop-4"))).contains("is corrupt: its SHA-256 is");
        assertThat(replayed(whole.replaceFirst("\"version\":3", "\"version\":4")))
                .contains("has format version 4; this registry reads versions 1 to 3");
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
}
