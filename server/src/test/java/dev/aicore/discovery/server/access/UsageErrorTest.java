package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.RawHttpClient;
import dev.aicore.discovery.server.access.AuthenticatedServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies the answers of the running server to mistaken requests: each states the mistake and the expected value. */
@Tag("integration")
class UsageErrorTest {

    private static final String ADMIN = AuthenticatedServer.token("root", "admin");
    private static final String ANN = AuthenticatedServer.token("ann", "service");
    private static final String BOB = AuthenticatedServer.token("bob", "service");
    private static final String SERVICES = "/api/v1/services";

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = AuthenticatedServer.start(directory.resolve("data"));
        register(ANN, "anns", "web", 201);
        register(ANN, "gone", "web", 201);
        send("DELETE", SERVICES + "/gone", ANN, null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Misuse(
            int status,
            String code,
            String method,
            String path,
            @Nullable String token,
            @Nullable String json) {}

    @Test
    void refusal_reportsFieldAndExpectedValue() throws IOException {
        var bare = new ArrayList<String>();
        for (var misuse : List.of(
                new Misuse(404, "unknown_instance", "PATCH", SERVICES + "/nosuch", ANN, "{\"weight\":1}"),
                new Misuse(404, "unknown_instance", "DELETE", SERVICES + "/nosuch", ANN, null),
                new Misuse(404, "unknown_instance", "POST", SERVICES + "/nosuch/heartbeat", ANN, null),
                new Misuse(404, "unknown_instance", "POST", SERVICES + "/nosuch/outcomes", ANN, "{\"successes\":1}"),
                new Misuse(404, "unknown_instance", "POST", SERVICES + "/nosuch/health", ADMIN, null),
                new Misuse(404, "unknown_instance", "POST", SERVICES + "/nosuch/monitoring", ADMIN, null),
                new Misuse(404, "unknown_instance", "GET", SERVICES + "/nosuch", ANN, null),
                new Misuse(410, "instance_deregistered", "POST", SERVICES + "/gone/heartbeat", ANN, null),
                new Misuse(409, "no_active_check", "POST", SERVICES + "/anns/monitoring", ADMIN, null),
                new Misuse(409, "owned_by_another", "PATCH", SERVICES + "/anns", BOB, "{\"weight\":1}"),
                new Misuse(422, "name_immutable", "PATCH", SERVICES + "/anns", ANN, "{\"name\":\"other\"}"),
                new Misuse(422, "name_immutable", "POST", SERVICES, ANN, declared("anns", "other")),
                new Misuse(401, "unauthorized", "GET", SERVICES, null, null),
                new Misuse(401, "unauthorized", "GET", SERVICES, "Bearer a.b.c", null),
                new Misuse(401, "unauthorized", "GET", SERVICES, "Basic YQ==", null),
                new Misuse(401, "unauthorized", "GET", SERVICES, "ApiKey sd_abcdefghijkl_" + "A".repeat(43), null),
                new Misuse(403, "forbidden", "GET", "/api/v1/audit", ANN, null))) {
            var reply = send(misuse.method(), misuse.path(), misuse.token(), misuse.json());
            assertThat(reply.status() + " " + reply.code())
                    .as(misuse.toString())
                    .isEqualTo(misuse.status() + " " + misuse.code());
            if (!isExplained(reply)) {
                bare.add(misuse.status() + " " + misuse.method() + " " + misuse.path());
            }
        }
        System.out.println("refusals that don't say what was wrong: " + bare);
        assertThat(bare).isEmpty();
    }

    @Test
    void reusedIdempotencyKey_isReported() throws IOException {
        var path = SERVICES + "/anns";
        assertThat(server.send("PATCH", path, ANN, "{\"weight\":2}", "Idempotency-Key", "once")
                        .status())
                .isEqualTo(200);
        var reply = server.send("PATCH", path, ANN, "{\"weight\":3}", "Idempotency-Key", "once");
        assertThat(reply.code()).isEqualTo("idempotency_key_reused");
        assertThat(reply.body().at("/errors/0/rejected_value").asString()).isEqualTo("once");
        assertThat(isExplained(reply)).isTrue();
    }

    @Test
    void dotSegments_asId_areRefused() throws IOException {
        for (var id : List.of(".", "..")) {
            for (var reply : List.of(
                    send("POST", SERVICES, ANN, declared(id, "web")),
                    send("POST", "/api/v1/heartbeats", ANN, "{\"ids\":[\"anns\",\"" + id + "\"]}"),
                    send("POST", SERVICES + "/anns/heartbeat", ANN, "{\"service_id\":\"" + id + "\"}"),
                    send("PATCH", SERVICES + "/anns", ANN, "{\"id\":\"" + id + "\"}"),
                    send("POST", SERVICES, ANN, declared("dots", id)))) {
                assertThat(reply.code()).isEqualTo("validation_failed");
                assertThat(reply.body().at("/errors/0/rejected_value").asString())
                        .isEqualTo(id);
                assertThat(reply.body().at("/errors/0/expected").asString()).isNotEmpty();
            }
            for (var spelled : List.of(id, id.replace(".", "%2e"), id.replace(".", "%2E"))) {
                var answer = RawHttpClient.send(
                        server.port(),
                        "POST " + SERVICES + "/" + spelled + "/heartbeat HTTP/1.1",
                        "Host: localhost",
                        "Connection: close",
                        "Content-Length: 0",
                        "Authorization: " + ANN);
                assertThat(answer).as(spelled).startsWith("HTTP/1.1 4").contains("application/problem+json");
            }
        }
    }

    @Test
    void ipv4MappedAddress_isStoredAsIpv4Address() throws IOException {
        var mapped = send("POST", SERVICES, ANN, "{\"name\":\"web\",\"address\":\"::ffff:10.0.0.7\",\"port\":80}");
        assertThat(mapped.status()).as(mapped.body().toString()).isEqualTo(201);
        assertThat(mapped.body().at("/data/address").asString()).isEqualTo("10.0.0.7");
        var plain = send("POST", SERVICES, ANN, "{\"name\":\"web\",\"address\":\"10.0.0.7\",\"port\":80}");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.body().at("/data/id")).isEqualTo(mapped.body().at("/data/id"));
    }

    @Test
    void historyRange_beyondHeadOrInverted_isRefused() throws IOException {
        long head =
                register(ANN, "latest", "web", 201).body().at("/meta/position").asLong();
        for (var path : List.of("/api/v1/audit", SERVICES + "/anns/history")) {
            for (var parameter : List.of("from", "to")) {
                var beyond = get(path + "?" + parameter + "=" + (head + 1_000_000));
                assertThat(beyond.status() + " " + beyond.code()).as(path).isEqualTo("410 other_store");
                assertThat(beyond.body().at("/errors/0/field").asString()).isEqualTo(parameter);
                assertThat(isExplained(beyond)).isTrue();
            }
            for (var range : List.of(
                    "from=5&to=3",
                    "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                    "from=-1h&to=-2h",
                    "from=-1h&to=2026-01-01T00:00:00Z")) {
                var inverted = get(path + "?" + range);
                assertThat(inverted.status() + " " + inverted.code()).as(range).isEqualTo("400 validation_failed");
                assertThat(inverted.body().at("/errors/0/field").asString()).isEqualTo("from");
            }
            assertThat(get(path + "?from=1&to=1&min_position=" + head).status()).isEqualTo(200);
            assertThat(get(path + "?from=-10h&to=2199-01-01T00:00:00Z").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void restoreDryRun_forReassignedId_matchesActualRestore() throws IOException {
        register(ANN, "moving", "before", 201);
        long then = register(ANN, "staying", "before", 201)
                .body()
                .at("/meta/position")
                .asLong();
        for (var id : List.of("moving", "staying")) {
            assertThat(send("DELETE", SERVICES + "/" + id, ANN, null).status()).isEqualTo(200);
        }
        register(ANN, "moving", "after", 201);
        var path = SERVICES + "/before/restore";
        var dry = restore(path, "{\"at\":" + then + ",\"dry_run\":true}");
        var real = restore(path, "{\"at\":" + then + "}");
        assertThat(dry.body().at("/data/instances")).isEqualTo(real.body().at("/data/instances"));
        assertThat(dry.body().at("/data/instances/0/id").asString()).isEqualTo("moving");
        assertThat(dry.body().at("/data/instances/0/outcome").asString()).isEqualTo("name_immutable");
        assertThat(dry.body().at("/data/instances/1/outcome").asString()).isEqualTo("restored");
    }

    /** Restores with retries, because the read models lag behind the write. */
    private static Reply restore(String path, String json) {
        return Objects.requireNonNull(Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> send("POST", path, ADMIN, json), reply -> reply.status() == 200));
    }

    private static boolean isExplained(Reply reply) {
        var errors = reply.body().at("/errors");
        return !errors.isEmpty()
                && errors.valueStream()
                        .allMatch(error -> !error.path("field").asString("").isEmpty()
                                && !error.path("expected").asString("").isEmpty());
    }

    private static Reply get(String path) throws IOException {
        return send("GET", path, ADMIN, null);
    }

    private static Reply send(String method, String path, @Nullable String token, @Nullable String json)
            throws IOException {
        return server.send(method, path, token, json);
    }

    private static String declared(String id, String service) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":3600}"
                .formatted(id, service);
    }

    private static Reply register(String token, String id, String service, int status) throws IOException {
        var reply = send("POST", SERVICES, token, declared(id, service));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        return reply;
    }
}
