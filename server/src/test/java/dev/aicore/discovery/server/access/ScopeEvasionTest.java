package dev.aicore.discovery.server.access;

import static dev.aicore.discovery.server.access.ScopeEvasionRequests.OTHER;
import static dev.aicore.discovery.server.access.ScopeEvasionRequests.OTHER_ID;
import static dev.aicore.discovery.server.access.ScopeEvasionRequests.OWN;
import static dev.aicore.discovery.server.access.ScopeEvasionRequests.OWN_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.RawHttpClient;
import dev.aicore.discovery.server.access.ScopeEvasionRequests.Attack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tries to reach {@code team-b-x} by every spelling, with roles that are bound to {@code team-a-*}: its data must
 * neither be shown nor changed.
 */
@Tag("integration")
class ScopeEvasionTest {

    private static final String ROOT = AuthenticatedServer.token("root", "admin");
    private static final List<String> BOUND = List.of(
            AuthenticatedServer.token("olga", "team-a-operator"), AuthenticatedServer.token("sam", "team-a-service"));

    private static final int THREADS = 8;

    /** Text that only occurs in the other team's data. */
    private static final String SECRET = "zebra";

    private static final Pattern VARYING =
            Pattern.compile("\"(position|at|last_heartbeat)\":(\"[^\"]*\"|[0-9]+),?|,?\"at\":\"[^\"]*\"");

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = AuthenticatedServer.start(
                directory.resolve("data"),
                "--service-discovery.auth.rbac.roles=team-a-operator operator team-a-*,team-a-service service team-a-*");
        register(ROOT, OTHER_ID, OTHER, SECRET);
        register(BOUND.getLast(), OWN_ID, OWN, "mine");
        expect(201, "PUT", "/api/v1/configurations/" + OTHER, ROOT, "{\"" + SECRET + "\":1}");
        expect(201, "PUT", "/api/v1/configurations/" + OWN, ROOT, "{\"mine\":1}");
        // History of the other team under an id that now belongs to the own team.
        register(ROOT, "moved", OTHER, SECRET);
        expect(200, "DELETE", "/api/v1/services/moved", ROOT, null);
        register(BOUND.getLast(), "moved", OWN, "mine");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void serviceOutsideScope_isUnreachableInAnySpelling() throws IOException {
        var before = state();
        var attacks = ScopeEvasionRequests.all();
        var leaks = new ConcurrentLinkedQueue<Attack>();
        var answered = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var token : BOUND) {
                for (var attack : attacks) {
                    threads.execute(() -> {
                        if (send(attack, token).contains(SECRET)) {
                            leaks.add(attack);
                        }
                        answered.incrementAndGet();
                    });
                }
            }
        }
        System.out.printf(
                "ways to write another team's name: %d, by %d roles; leaks: %s%n", attacks.size(), BOUND.size(), leaks);
        assertThat(leaks).isEmpty();
        assertThat(answered).hasValue(BOUND.size() * attacks.size());
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void earlierHistoryOutsideScope_isNotDisclosed() throws IOException {
        long then = server.send("GET", "/api/v1/services/moved/history", ROOT, null)
                .body()
                .at("/data/entries/0/position")
                .asLong();
        for (var token : BOUND) {
            for (var path : List.of(
                    "/api/v1/services/moved",
                    "/api/v1/services/moved?at=" + then,
                    "/api/v1/services/moved/history",
                    "/api/v1/services/moved/history?include=observations&order=desc",
                    "/api/v1/services/moved/history?to=" + then,
                    "/api/v1/services/moved/health",
                    "/api/v1/explain?service_name=" + OWN + "&id=moved",
                    "/api/v1/explain?service_name=" + OWN + "&id=moved&at=" + then,
                    "/api/v1/audit?service_id=moved",
                    "/api/v1/diff?from=" + then,
                    "/api/v1/diff?from=" + then + "&service_name=" + OWN,
                    "/api/v1/services?at=" + then,
                    "/api/v1/discover?service_name=" + OWN + "&at=" + then)) {
                var told = send(get(path), token);
                assertThat(told).as(path).doesNotContain(SECRET, OTHER);
            }
        }
        assertThat(send(get("/api/v1/services/moved/history"), ROOT)).contains(SECRET, "mine");
    }

    private static Attack get(String path) {
        return new Attack("GET " + path, List.of("Accept: application/json"));
    }

    /** Sends a request and reads until the server closes the connection. */
    private static String send(Attack attack, String token) {
        var words = attack.route().split(" ", 3);
        var lines = new ArrayList<>(List.of(
                words[0] + " " + words[1] + " HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "Authorization: " + token));
        lines.addAll(attack.headers());
        if (words.length > 2) {
            lines.add("Content-Type: application/json");
            lines.add("Content-Length: " + words[2].length());
            lines.add("\r\n" + words[2]);
        }
        return RawHttpClient.send(server.port(), lines.toArray(String[]::new));
    }

    /** Returns the state of the other team without what reading changes. */
    private static String state() throws IOException {
        var state = new StringBuilder();
        for (var path : List.of(
                "/api/v1/services?limit=1000&service_name=" + OTHER,
                "/api/v1/services/" + OTHER_ID + "/history",
                "/api/v1/services/" + OTHER_ID + "/health",
                "/api/v1/configurations/" + OTHER + "/versions",
                "/api/v1/admin/api-keys")) {
            state.append(VARYING.matcher(expect(200, "GET", path, ROOT, null)).replaceAll(""));
        }
        return state.toString();
    }

    private static void register(String token, String id, String service, String secret) throws IOException {
        expect(
                201,
                "POST",
                "/api/v1/services",
                token,
                "{\"id\":\"%s\",\"name\":\"%s\",\"address\":\"10.66.66.66\",\"port\":80,\"ttl\":3600,\"metadata\":{\"secret\":\"%s\"}}"
                        .formatted(id, service, secret));
    }

    private static String expect(int status, String method, String path, String token, @Nullable String json)
            throws IOException {
        var reply = server.send(method, path, token, json);
        assertThat(reply.status()).as(path + ": " + reply.body()).isEqualTo(status);
        return reply.body().toString();
    }
}
