package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.AccessDenialCounter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests API keys and their tokens at two nodes on one store. */
@Tag("integration")
class ApiKeysTest extends ApiKeyServersFixture {

    @Test
    void apiKeyAndToken_grantPermissionsOfRole() throws IOException {
        var key = issued("orders", "service", null);
        var registered = writer.send(
                "POST",
                "/api/v1/services",
                "ApiKey " + key.at("/key").asString(),
                "{\"id\":\"o-1\",\"name\":\"orders\",\"address\":\"10.0.0.1\",\"port\":80}");
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.body().at("/data/owner").asString()).isEqualTo("orders");
        var token = token(writer, key.at("/key").asString());
        assertThat(writer.send("POST", "/api/v1/services/o-1/heartbeat", "Bearer " + token, "{}")
                        .status())
                .isEqualTo(200);
        assertThat(writer.send("GET", KEYS, "Bearer " + token, null).status()).isEqualTo(403);
        assertThat(writer.send("POST", "/api/v1/auth/token", "Bearer " + token, null)
                        .status())
                .as("a token can't be exchanged for a new token")
                .isEqualTo(403);
    }

    @Test
    void revokedApiKeyAndToken_areRefusedOnBothNodesWithinOneSecond() throws IOException {
        var key = issued("worker", "viewer", null);
        var text = key.at("/key").asString();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(byKey(reader, text).status()).isEqualTo(200));
        var token = "Bearer " + token(reader, text);
        assertThat(writer.send("GET", "/api/v1/services", token, null).status()).isEqualTo(200);
        assertThat(reader.send("GET", "/api/v1/services", token, null).status()).isEqualTo(200);

        var revoked = writer.send("DELETE", KEYS + "/" + key.at("/key_id").asString(), ADMIN, null, "X-Reason", "lost");
        long began = System.nanoTime();
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(byKey(writer, text).status())
                .as("on the node that revoked the key")
                .isEqualTo(401);
        assertThat(writer.send("GET", "/api/v1/services", token, null).status())
                .as("on the node that revoked the key")
                .isEqualTo(401);
        await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(byKey(reader, text).status()).isEqualTo(401);
            assertThat(reader.send("GET", "/api/v1/services", token, null).status())
                    .isEqualTo(401);
        });
        System.out.printf(
                "a revoked key and its token: dead at the other node after %d ms%n",
                Duration.ofNanos(System.nanoTime() - began).toMillis());
        assertThat(writer.send("DELETE", KEYS + "/" + key.at("/key_id").asString(), ADMIN, null)
                        .code())
                .isEqualTo("unknown_key");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(postgres.texts(
                                "SELECT type || ' ' || actor || ' ' || coalesce(reason, '-') FROM models.audit WHERE summary LIKE '%"
                                        + key.at("/key_id").asString() + "%' ORDER BY position"))
                        .containsExactly("KeyIssued root -", "KeyRevoked root lost"));
    }

    @Test
    void streams_afterRevocationOfApiKey_end() throws IOException {
        var key = issued("watcher", "operator", null);
        var text = key.at("/key").asString();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(byKey(reader, text).status()).isEqualTo(200));
        var waiting = CompletableFuture.supplyAsync(
                () -> status(reader, "/api/v1/discover?service_name=web&index=1&wait=30s", "ApiKey " + text),
                Thread::startVirtualThread);
        var streams = new ArrayList<CompletableFuture<Void>>();
        for (var shown : List.of("ApiKey " + text, "Bearer " + token(reader, text))) {
            for (var path : List.of("watch?service_name=web", "configurations/web", "events?from=end")) {
                streams.add(reader.stream("/api/v1/" + path, shown));
            }
        }
        assertThat(streams).noneMatch(CompletableFuture::isDone);

        writer.send("DELETE", KEYS + "/" + key.at("/key_id").asString(), ADMIN, null);

        // Before the next bookmark.
        assertThat(CompletableFuture.allOf(streams.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(10));
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(401);
    }

    @Test
    void firstUseOfApiKey_isRecordedOnce() throws IOException {
        var key = issued("newcomer", "viewer", null);
        var text = key.at("/key").asString();
        for (int i = 0; i < 3; i++) {
            assertThat(byKey(writer, text).status()).isEqualTo(200);
        }
        var told = "SELECT type || ' ' || actor || ' ' || source_address FROM models.audit WHERE summary LIKE '%"
                + key.at("/key_id").asString() + "%' ORDER BY position";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(postgres.texts(told)).contains("KeyFirstUsed newcomer 127.0.0.1"));
        assertThat(byKey(writer, text).status()).isEqualTo(200);
        writer.send("DELETE", KEYS + "/" + key.at("/key_id").asString(), ADMIN, null);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(postgres.texts(told))
                        .containsExactly(
                                "KeyIssued root 127.0.0.1",
                                "KeyFirstUsed newcomer 127.0.0.1",
                                "KeyRevoked root 127.0.0.1"));
    }

    @Test
    void denials_areListedToAdmins() throws IOException {
        for (int i = 0; i < 3; i++) {
            writer.send("GET", "/api/v1/services/x-" + i, "Bearer no.token.atall", null);
        }
        writer.send("GET", KEYS, AuthenticatedServer.token("curious", "viewer"), null);
        writer.bean(AccessDenialCounter.class).end();
        var path = "/api/v1/admin/denials?from=-1h&limit=1000";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(denied(path))
                        .containsEntry("127.0.0.1 GET /api/v1/services/{id} unauthorized", 3L)
                        .containsEntry("curious GET /api/v1/admin/api-keys forbidden", 1L));
        var first = reader.send("GET", "/api/v1/admin/denials?from=-1h&limit=1", ADMIN, null)
                .body();
        var next = reader.send(
                        "GET",
                        "/api/v1/admin/denials?from=-1h&limit=1&cursor="
                                + first.at("/meta/next_cursor").asString(),
                        ADMIN,
                        null)
                .body();
        assertThat(next.at("/data/denials/0")).isNotEqualTo(first.at("/data/denials/0"));
        assertThat(reader.send("GET", "/api/v1/admin/denials?from=17", ADMIN, null)
                        .status())
                .isEqualTo(400);
        assertThat(reader.send("GET", "/api/v1/admin/denials?to=-2h&from=-3h", ADMIN, null)
                        .body()
                        .at("/data/denials"))
                .isEmpty();
        assertThat(reader.send("GET", path, AuthenticatedServer.token("curious", "operator"), null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void rotatedApiKey_acceptsOldSecretDuringOverlap() throws IOException {
        var key = issued("rotating", "viewer", null);
        var old = key.at("/key").asString();
        var token = "Bearer " + token(writer, old);
        var path = KEYS + "/" + key.at("/key_id").asString() + "/rotate";
        var first = writer.send("POST", path, ADMIN, "{\"overlap\":3600}");
        assertThat(first.status()).isEqualTo(200);
        assertThat(byKey(writer, old).status()).isEqualTo(200);
        assertThat(status(writer, "/api/v1/services", token)).isEqualTo(200);
        var second = writer.send("POST", path, ADMIN, null);
        assertThat(second.status()).isEqualTo(200);
        assertThat(byKey(writer, old).status()).isEqualTo(401);
        assertThat(status(writer, "/api/v1/services", token)).isEqualTo(401);
        assertThat(byKey(writer, first.body().at("/data/key").asString()).status())
                .isEqualTo(401);
        assertThat(byKey(writer, second.body().at("/data/key").asString()).status())
                .isEqualTo(200);
    }

    @Test
    void apiKeys_areListedAndStoredWithoutSecrets() throws IOException {
        var key = issued("listed", "operator", 600);
        var text = key.at("/key").asString();
        var list = writer.send("GET", KEYS, ADMIN, null);
        assertThat(list.body().toString())
                .contains("\"principal\":\"listed\"", "\"role\":\"operator\"")
                .doesNotContain(text, text.substring(16));
        assertThat(postgres.texts("SELECT count(*)::text FROM store.facts WHERE convert_from(payload, 'UTF8') LIKE '%"
                        + text.substring(16) + "%'"))
                .containsExactly("0");
        for (var server : List.of(writer, reader)) {
            assertThat(server.send("GET", KEYS, null, null).status()).isEqualTo(401);
        }
    }

    @Test
    void apiKeys_arePagedOldestFirst() throws IOException {
        var issued = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            issued.add(issued("paged", "viewer", null).at("/key_id").asString());
        }
        var all = writer.send("GET", KEYS + "?limit=1000", ADMIN, null).body();
        var pages = new ArrayList<JsonNode>();
        var page = writer.send("GET", KEYS + "?limit=2", ADMIN, null).body();
        while (page.path("meta").has("next_cursor")) {
            assertThat(page.at("/data/keys")).hasSize(2);
            page.at("/data/keys").forEach(pages::add);
            var cursor = page.at("/meta/next_cursor").asString();
            page = writer.send("GET", KEYS + "?limit=2&cursor=" + cursor, ADMIN, null)
                    .body();
        }
        page.at("/data/keys").forEach(pages::add);

        assertThat(pages).isEqualTo(all.at("/data/keys").valueStream().toList());
        assertThat(pages.stream().map(key -> key.path("key_id").asString())).containsSubsequence(issued);
        assertThat(all.path("meta").has("next_cursor")).isFalse();
        var wrong = writer.send("GET", KEYS + "?limit=1001&cursor=x", ADMIN, null);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().at("/errors").findValuesAsString("field")).containsExactlyInAnyOrder("limit", "cursor");
    }

    @Test
    void invalidApiKeyRequest_returns400WithFields() throws IOException {
        var wrong = writer.send("POST", KEYS, ADMIN, "{\"principal\":\"registry\",\"role\":\"root\",\"expires_in\":0}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().at("/errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("principal", "role", "expires_in");
        assertThat(writer.send("POST", KEYS + "/nobody/rotate", ADMIN, null).code())
                .isEqualTo("unknown_key");
        assertThat(writer.send(
                                "POST",
                                KEYS,
                                ADMIN,
                                "{\"principal\":\"x\",\"role\":\"viewer\"}",
                                "Idempotency-Key",
                                "once-1")
                        .status())
                .isEqualTo(400);
    }

    /** Returns the number of denials over all minutes. */
    private static Map<String, Long> denied(String path) throws IOException {
        var counts = new HashMap<String, Long>();
        for (var one : reader.send("GET", path, ADMIN, null).body().at("/data/denials")) {
            var what = one.path("who").asString() + " " + one.path("route").asString() + " "
                    + one.path("code").asString();
            counts.merge(what, one.path("count").asLong(), Long::sum);
        }
        return counts;
    }

    @Test
    void sessionOfOneNode_endsOnTheOther_withinASecond() throws IOException {
        var key = issued("gil", "viewer", null).path("key").asString();
        await().until(() -> status(reader, "/api/v1/whoami", "ApiKey " + key) == 200);
        var signedIn = reader.send(
                "POST",
                "/ui/session",
                null,
                "{\"credential\":\"" + key + "\"}",
                "Origin",
                "http://127.0.0.1:" + reader.port());
        var token = "Bearer " + signedIn.body().at("/data/credential").asString();
        assertThat(status(reader, "/api/v1/whoami", token)).isEqualTo(200);

        assertThat(writer.send("DELETE", "/api/v1/auth/sessions", token, null).status())
                .isEqualTo(200);

        await().atMost(Duration.ofSeconds(1)).until(() -> status(reader, "/api/v1/whoami", token) == 401);
        assertThat(status(reader, "/api/v1/whoami", "ApiKey " + key)).isEqualTo(200);
    }
}
