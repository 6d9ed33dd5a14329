package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Roles that are bound to {@code team-a-*} try to reach {@code team-b-x} by every way of writing its name: what is there must not be told,
 * and must be as it was afterwards.
 */
@Tag("integration")
class SpelledNamesTest {

    private static final String ROOT = GuardedServer.token("root", "admin");
    private static final List<String> BOUND =
            List.of(GuardedServer.token("olga", "team-a-operator"), GuardedServer.token("sam", "team-a-service"));

    private static final String OWN = "team-a-x";
    private static final String OTHER = "team-b-x";
    private static final String OWN_ID = "a-1";
    private static final String OTHER_ID = "b-1";

    /** Only in what belongs to the others. */
    private static final String SECRET = "zebra";

    /** Ways to write one name where another one is looked at; OWN and OTHER stand for them. */
    private static final List<String> PATHS = List.of(
            "OTHER",
            "OTHER/",
            "/OTHER",
            "./OTHER",
            "%2e/OTHER",
            "OWN/../OTHER",
            "OWN/%2e%2e/OTHER",
            "OWN/%2E%2E/OTHER",
            "OWN/..;/OTHER",
            "OWN%2f..%2fOTHER",
            "OWN%252f..%252fOTHER",
            "OWN%5c..%5cOTHER",
            "OWN\\..\\OTHER",
            "OWN/..%2fOTHER",
            "OWN;OTHER",
            "OWN;service_name=OTHER",
            "OWN;id=OTHER",
            "OTHER;OWN",
            "OTHER;service_name=OWN",
            "OTHER;",
            "OTHER%3b",
            "OTHER%3bOWN",
            "OTHER%00",
            "OTHER%00OWN",
            "OWN%00OTHER",
            "OTHER%0a",
            "OTHER%0d%0aX-A:b",
            "OTHER%20",
            "%20OTHER",
            "+OTHER",
            "OTHER%09",
            "OTHER.",
            "OTHER%2e",
            "OTHER%2f",
            "OTHER%3f",
            "OTHER%23",
            "OTHER,OWN",
            "OWN,OTHER",
            "OWN%2cOTHER",
            "OWN&OTHER",
            "*",
            "%2a",
            "team-?-x",
            "team-%25-x",
            "team-_-x");

    /** Likewise, of the parameter that names a service. */
    private static final List<String> QUERIES = List.of(
            "service_name=OTHER",
            "service%5Fname=OTHER",
            "%73ervice_name=OTHER",
            "service_name=OWN&service_name=OTHER",
            "service_name=OTHER&service_name=OWN",
            "service_name=OWN&service%5Fname=OTHER",
            "service_name=OWN%26service_name%3DOTHER",
            "service_name=OWN;service_name=OTHER",
            "service_name=OWN,OTHER",
            "service_name=OWN%2COTHER",
            "service_name[]=OTHER",
            "service_name=OWN&service_name[]=OTHER",
            "Service_Name=OTHER",
            "service_name=OWN&SERVICE_NAME=OTHER",
            "serviceName=OTHER",
            "name=OTHER",
            "service=OTHER",
            "service_name=",
            "service_name",
            "service_name=%00OTHER",
            "service_name=OTHER%00OWN",
            "service_name=+OTHER",
            "service_name=OTHER%20",
            "service_name=*",
            "service_name=%25",
            "service_name=team-%25-x",
            "&service_name=OTHER",
            "=&service_name=OTHER",
            "service_name=OTHER#OWN",
            "service_name=%2574eam-b-x");

    /** Headers by which some servers take another method, path or host than the request's. */
    private static final List<List<String>> HEADERS = List.of(
            List.of("Accept: application/json"),
            List.of("Accept: application/json, */*;q=0.1"),
            List.of("Accept: application/x-ndjson"),
            List.of(
                    "Accept: application/json",
                    "X-Original-URL: /api/v1/services/" + OTHER_ID,
                    "X-Rewrite-URL: /api/v1/services/" + OTHER_ID),
            List.of(
                    "Accept: application/json",
                    "X-Forwarded-Prefix: /api/v1/services/" + OTHER_ID,
                    "X-Forwarded-Path: /api/v1/services/" + OTHER_ID),
            List.of(
                    "Accept: application/json",
                    "X-HTTP-Method-Override: DELETE",
                    "X-HTTP-Method: DELETE",
                    "X-Method-Override: DELETE"));

    private static final List<String> OF_SERVICE = List.of(
            "GET /api/v1/services/NAME/instances",
            "GET /api/v1/services/NAME/uptime",
            "GET /api/v1/services/NAME/timeline.svg",
            "POST /api/v1/services/NAME/restore {\"at\":1,\"force\":true}",
            "GET /api/v1/load-balancer/NAME/stats",
            "DELETE /api/v1/load-balancer/NAME/stats",
            "GET /api/v1/configurations/NAME",
            "PUT /api/v1/configurations/NAME {\"taken\":true}",
            "DELETE /api/v1/configurations/NAME",
            "GET /api/v1/configurations/NAME/versions",
            "GET /api/v1/configurations/NAME/versions/1",
            "POST /api/v1/configurations/NAME/rollback {\"version\":1}",
            "GET /api/v1/configurations/NAME/diff?from=1&to=1",
            "GET /api/v1/configurations/NAME/schema",
            "PUT /api/v1/configurations/NAME/schema {}");

    private static final List<String> OF_INSTANCE = List.of(
            "GET /api/v1/services/NAME",
            "GET /api/v1/services/NAME?at=-1ms",
            "PUT /api/v1/services/NAME {\"weight\":1}",
            "PATCH /api/v1/services/NAME {\"weight\":1}",
            "DELETE /api/v1/services/NAME",
            "POST /api/v1/services/NAME/heartbeat {\"status\":\"unhealthy\"}",
            "POST /api/v1/services/NAME/outcomes {\"successes\":0,\"failures\":900}",
            "GET /api/v1/services/NAME/health",
            "POST /api/v1/services/NAME/health",
            "POST /api/v1/services/NAME/monitoring",
            "DELETE /api/v1/services/NAME/monitoring",
            "GET /api/v1/services/NAME/history?include=observations");

    private static final List<String> BY_QUERY = List.of(
            "/api/v1/discover?QUERY",
            "/api/v1/discover?include_unhealthy=1&QUERY&load_balancing_strategy=random",
            "/api/v1/discover?at=-1ms&QUERY",
            "/api/v1/services?limit=1000&QUERY",
            "/api/v1/service-names?QUERY",
            "/api/v1/explain?id=" + OTHER_ID + "&QUERY",
            "/api/v1/audit?QUERY",
            "/api/v1/diff?from=1&QUERY",
            "/api/v1/watch?index=x&QUERY");

    /** Bodies that mean others than their path does; JSON with a name twice, and escaped. */
    private static final List<String> BODIES = List.of(
            "POST /api/v1/services/a-1/heartbeat {\"service_id\":\"b-1\",\"status\":\"unhealthy\"}",
            "POST /api/v1/services/a-1/heartbeat {\"service_id\":\"a-1\",\"service_id\":\"b-1\"}",
            "PATCH /api/v1/services/a-1 {\"id\":\"b-1\",\"weight\":1}",
            "PATCH /api/v1/services/a-1 {\"name\":\"team-b-x\"}",
            "PUT /api/v1/services/a-1 {\"name\":\"team-b-x\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/services {\"id\":\"b-1\",\"name\":\"team-a-x\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/services {\"id\":\"b-1\",\"name\":\"team-b-x\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/services {\"id\":\"b-2\",\"name\":\"team-a-x\",\"name\":\"team-b-x\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/services {\"id\":\"b-2\",\"name\":\"te\\u0061m-b-x\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/services?service_name=team-a-x {\"id\":\"b-2\",\"name\":\"team-b-x\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/services {\"id\":\"b-2\",\"name\":\"team-b-x\\u0000\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/services {\"id\":\"b-2\",\"name\":\"\\uff54eam-b-x\",\"address\":\"10.0.0.3\",\"port\":1}",
            "POST /api/v1/heartbeats {\"ids\":[\"b-1\"]}",
            "POST /api/v1/heartbeats {\"ids\":[\"a-1\",\"b-1\",\"b-1\"]}",
            "POST /api/v1/heartbeats {\"ids\":[\"a-1\"],\"ids\":[\"b-1\"]}",
            "PUT /api/v1/configurations/team-a-x?service_name=team-b-x {\"service_name\":\"team-b-x\"}",
            "POST /api/v1/admin/dead-letters/1/retry {}",
            "POST /api/v1/admin/api-keys {\"principal\":\"sam\",\"role\":\"admin\"}",
            "GET /api/v1/admin/export",
            "GET /api/v1/events?from=0",
            "GET /api/v1/events?from=0&service_name=team-b-x",
            "GET /api/v1/audit?service_id=b-1",
            "GET /api/v1/services?address=10.66.66.66",
            "GET /api/v1/services?metadata.secret=zebra",
            "GET /api/v1/services?cursor=team-a-zz");

    private static final Pattern VARYING =
            Pattern.compile("\"(position|at|last_heartbeat)\":(\"[^\"]*\"|[0-9]+),?|,?\"at\":\"[^\"]*\"");

    @TempDir
    static Path directory;

    private static GuardedServer server;

    @BeforeAll
    static void start() throws IOException {
        server = GuardedServer.start(
                directory.resolve("data"),
                "--service-discovery.auth.rbac.roles=team-a-operator operator team-a-*,team-a-service service team-a-*");
        register(ROOT, OTHER_ID, OTHER, SECRET);
        register(BOUND.getLast(), OWN_ID, OWN, "mine");
        expect(201, "PUT", "/api/v1/configurations/" + OTHER, ROOT, "{\"" + SECRET + "\":1}");
        expect(201, "PUT", "/api/v1/configurations/" + OWN, ROOT, "{\"mine\":1}");
        // What was theirs under an id that is ours now.
        register(ROOT, "moved", OTHER, SECRET);
        expect(200, "DELETE", "/api/v1/services/moved", ROOT, null);
        register(BOUND.getLast(), "moved", OWN, "mine");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noSpellingReachesAnotherTeamsService() throws IOException {
        var before = state();
        var attacks = attacks();
        var leaks = new ArrayList<String>();
        int sent = 0;
        for (var token : BOUND) {
            for (var attack : attacks) {
                for (var headers : attack.startsWith("GET") ? HEADERS : HEADERS.subList(0, 2)) {
                    sent++;
                    if (send(attack, token, headers).contains(SECRET)) {
                        leaks.add(attack + " " + headers);
                    }
                }
            }
        }
        System.out.printf("ways to write another team's name: %d, sent %d; leaks: %s%n", attacks.size(), sent, leaks);
        assertThat(leaks).isEmpty();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatAnIdWasBeforeInAnotherServiceIsNotTold() throws IOException {
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
                var told = send("GET " + path, token, HEADERS.getFirst());
                assertThat(told).as(path).doesNotContain(SECRET, OTHER);
            }
        }
        assertThat(send("GET /api/v1/services/moved/history", ROOT, HEADERS.getFirst()))
                .contains(SECRET, "mine");
    }

    private static List<String> attacks() {
        var attacks = new ArrayList<>(BODIES);
        for (var spelling : PATHS) {
            OF_SERVICE.forEach(route -> attacks.add(route.replace("NAME", named(spelling, OWN, OTHER))));
            OF_INSTANCE.forEach(route -> attacks.add(route.replace("NAME", named(spelling, OWN_ID, OTHER_ID))));
        }
        for (var spelling : spellings(OTHER)) {
            OF_SERVICE.forEach(route -> attacks.add(route.replace("NAME", spelling)));
            BY_QUERY.forEach(route -> attacks.add("GET " + route.replace("QUERY", "service_name=" + spelling)));
        }
        spellings(OTHER_ID)
                .forEach(spelling -> OF_INSTANCE.forEach(route -> attacks.add(route.replace("NAME", spelling))));
        for (var query : QUERIES) {
            BY_QUERY.forEach(route -> attacks.add("GET " + route.replace("QUERY", named(query, OWN, OTHER))));
            OF_SERVICE.forEach(route -> attacks.add(withQuery(route.replace("NAME", OWN), named(query, OWN, OTHER))));
        }
        return attacks;
    }

    private static String named(String text, String own, String other) {
        return text.replace("OWN", own).replace("OTHER", other);
    }

    /** The query goes before the body, which is behind the second blank. */
    private static String withQuery(String route, String query) {
        var words = route.split(" ", 3);
        var path = words[1] + (words[1].contains("?") ? "&" : "?") + query;
        return words[0] + " " + path + (words.length > 2 ? " " + words[2] : "");
    }

    /** Some that decode to the name, and some that look like it. */
    private static List<String> spellings(String name) {
        var encoded = new StringBuilder();
        var twice = new StringBuilder();
        var wide = new StringBuilder();
        for (char c : name.toCharArray()) {
            encoded.append("%%%02x".formatted((int) c));
            twice.append("%%25%02x".formatted((int) c));
            wide.append(utf8(c == '-' ? 0x2010 : c + 0xfee0));
        }
        return List.of(
                encoded.toString(),
                twice.toString(),
                wide.toString(),
                name.replace("-", "%2d"),
                name.replace("-", "%2D"),
                name.replace("-", "%252d"),
                name.replace("-", utf8(0x2010)),
                name.replace("-", utf8(0xad) + "-"),
                name.replace("b", utf8(0x0432)),
                name.replace("b", "b" + utf8(0x200b)),
                name.replace("b", utf8(0x202e) + "b"),
                name.replace("b", "%e1%62"),
                name.replace("b", "%c1%a2"),
                name.replace("b", "%u0062"),
                name.replace("b", "&#98;"),
                name.toUpperCase(Locale.ROOT),
                name.replace('b', 'B'));
    }

    private static String utf8(int codePoint) {
        var encoded = new StringBuilder();
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02x".formatted(b & 0xff));
        }
        return encoded.toString();
    }

    /** Method, path and body with blanks between; heard until the server closes. */
    private static String send(String attack, String token, List<String> headers) {
        var words = attack.split(" ", 3);
        var lines = new ArrayList<>(List.of(
                words[0] + " " + words[1] + " HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "Authorization: " + token));
        lines.addAll(headers);
        if (words.length > 2) {
            lines.add("Content-Type: application/json");
            lines.add("Content-Length: " + words[2].length());
            lines.add("\r\n" + words[2]);
        }
        return RawHttp.send(server.port(), lines.toArray(String[]::new));
    }

    /** All that the other team has, but for what reading it changes. */
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
