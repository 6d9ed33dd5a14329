package dev.aicore.discovery.server.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Generates requests that address {@code team-b-x} or its instance where {@code team-a-x} is checked, or by another
 * spelling.
 */
final class ScopeEvasionRequests {

    static final String OWN = "team-a-x";
    static final String OTHER = "team-b-x";
    static final String OWN_ID = "a-1";
    static final String OTHER_ID = "b-1";

    /** Spellings of one name where another one is checked; OWN and OTHER are placeholders. */
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

    /** Spellings of the parameter that names a service. */
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

    /** Headers by which some servers override the method or path of a request. */
    private static final List<String> OVERRIDES = List.of(
            "X-Original-URL: /api/v1/services/b-1",
            "X-Rewrite-URL: /api/v1/services/b-1",
            "X-Forwarded-Prefix: /api/v1/services/b-1",
            "X-Forwarded-Path: /api/v1/services/b-1",
            "X-HTTP-Method-Override: DELETE",
            "X-HTTP-Method: DELETE",
            "X-Method-Override: DELETE");

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

    /** Bodies that address another object than their path; JSON with duplicate and escaped names. */
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
            "POST /api/v1/heartbeats {\"heartbeats\":[{\"id\":\"b-1\",\"status\":\"unhealthy\"}]}",
            "POST /api/v1/outcomes {\"outcomes\":[{\"id\":\"b-1\",\"failures\":900}]}",
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

    /** Parts of the routes with a hot path. */
    private static final List<String> HOT = List.of("/discover", "/watch", "heartbeat");

    private ScopeEvasionRequests() {}

    /**
     * Attack.
     *
     * @param route method, path and body, separated by blanks
     * @param headers headers in addition to those of each request
     */
    record Attack(String route, List<String> headers) {}

    /** Returns all attacks, on the hot path and on WebFlux if the route has both. */
    static List<Attack> all() {
        var all = new ArrayList<Attack>();
        for (var route : routes()) {
            all.add(new Attack(route, List.of("Accept: application/json")));
            if (HOT.stream().anyMatch(route::contains)) {
                all.add(new Attack(route, List.of("Accept: application/json, */*;q=0.1")));
            }
        }
        for (var route : BODIES) {
            all.add(new Attack(route, List.of("Accept: application/x-ndjson")));
        }
        for (var route : OF_INSTANCE) {
            all.add(new Attack(route.replace("NAME", OTHER_ID), List.of("Accept: application/x-ndjson")));
            for (var override : OVERRIDES) {
                all.add(new Attack(route.replace("NAME", OWN_ID), List.of("Accept: application/json", override)));
            }
        }
        return all;
    }

    private static List<String> routes() {
        var routes = new ArrayList<>(BODIES);
        for (var spelling : PATHS) {
            OF_SERVICE.forEach(route -> routes.add(route.replace("NAME", named(spelling, OWN, OTHER))));
            OF_INSTANCE.forEach(route -> routes.add(route.replace("NAME", named(spelling, OWN_ID, OTHER_ID))));
        }
        for (var spelling : spellings(OTHER)) {
            OF_SERVICE.forEach(route -> routes.add(route.replace("NAME", spelling)));
            BY_QUERY.forEach(route -> routes.add("GET " + route.replace("QUERY", "service_name=" + spelling)));
        }
        spellings(OTHER_ID)
                .forEach(spelling -> OF_INSTANCE.forEach(route -> routes.add(route.replace("NAME", spelling))));
        for (var query : QUERIES) {
            BY_QUERY.forEach(route -> routes.add("GET " + route.replace("QUERY", named(query, OWN, OTHER))));
            OF_SERVICE.forEach(route -> routes.add(withQuery(route.replace("NAME", OWN), named(query, OWN, OTHER))));
        }
        // Deletions of the own instance come last, because the other attacks need it.
        routes.sort(Comparator.comparing(route -> route.startsWith("DELETE")));
        return routes;
    }

    private static String named(String text, String own, String other) {
        return text.replace("OWN", own).replace("OTHER", other);
    }

    /** Inserts the query before the body, which follows the second blank. */
    private static String withQuery(String route, String query) {
        var words = route.split(" ", 3);
        var path = words[1] + (words[1].contains("?") ? "&" : "?") + query;
        return words[0] + " " + path + (words.length > 2 ? " " + words[2] : "");
    }

    /** Returns spellings that decode to the name, and some that look like it. */
    private static List<String> spellings(String name) {
        var encoded = new StringBuilder();
        var twice = new StringBuilder();
        var wide = new StringBuilder();
        name.chars().forEach(c -> {
            encoded.append("%%%02x".formatted(c));
            twice.append("%%25%02x".formatted(c));
            wide.append(utf8(c == '-' ? 0x2010 : c + 0xfee0));
        });
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
}
