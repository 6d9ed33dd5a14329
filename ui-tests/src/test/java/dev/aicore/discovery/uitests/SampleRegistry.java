package dev.aicore.discovery.uitests;

import java.util.List;

/**
 * Registers services that tell a story: {@code payments} got a version that fails in one zone and a configuration that
 * was rolled back, {@code search} is drained for a move, {@code orders} lost an instance by mistake, {@code sessions}
 * flaps, and the others work.
 */
final class SampleRegistry {

    private static final List<String> WORKING = List.of("catalog", "checkout", "images", "mail", "sessions", "stock");
    private static final List<String> ZONES = List.of("a", "b", "c");

    private final RestClient api;
    private long position;
    private long beforeCanary;

    SampleRegistry(RestClient api) {
        this.api = api;
    }

    /** Registers everything; returns once the read models contain it. */
    void fill() {
        for (var service : WORKING) {
            register(service, 6, "2.4.1");
        }
        register("payments", 12, "1.4.2");
        register("search", 4, "3.0.0");
        register("orders", 5, "1.9.7");
        configure("payments", """
                {"pool": {"size": 20, "wait": 0.25}, "limits": {"rate": 500, "id": 12345678901234567890}}""");
        beforeCanary = position;
        configure("payments", """
                {"pool": {"size": 400, "wait": 0.10}, "limits": {"rate": 500, "id": 12345678901234567890}}""");
        for (int i = 0; i < 12; i += 3) {
            var id = "payments-" + i;
            put(id, "{\"version\":\"1.5.0\",\"weight\":50,\"reason\":\"canary\"}");
            heartbeat(id, "unhealthy");
        }
        for (int i = 0; i < 4; i++) {
            heartbeat("sessions-2", i % 2 == 0 ? "unhealthy" : "healthy");
        }
        put("search-0", "{\"status\":\"draining\",\"reason\":\"moves to another rack\"}");
        put("search-1", "{\"status\":\"maintenance\",\"reason\":\"new disk\"}");
        position = api.write("DELETE", "/api/v1/services/orders-4", "{\"reason\":\"it looked like the old one\"}");
        position = api.write(
                "POST",
                "/api/v1/configurations/payments/rollback",
                "{\"version\":1,\"reason\":\"the pool was too large\"}");
        issueKey("orders-deployer", "the pipeline of orders");
        settle();
        for (int i = 0; i < 24; i++) {
            api.send("GET", "/api/v1/discover?service_name=payments&load_balancing_strategy=weighted", null);
        }
    }

    /** Registers an instance with values that a page must not interpret. */
    void registerHostile() {
        position = api.write("POST", "/api/v1/services", """
                {"id": "hostile-1", "name": "hostile", "address": "10.9.9.9", "port": 80, "ttl": 3600,
                 "version": "<img src=x onerror=alert(1)>", "zone": "\u202egnp.exe", "tags": ["<b>tag</b>", "\ud83d\ude80"],
                 "metadata": {"<script>alert(1)</script>": "javascript:alert(1)", "api_token": "very-secret",
                              "long": "%s"},
                 "reason": "<svg onload=alert(1)>"}""".formatted("x".repeat(1_000)));
        settle();
    }

    void issueKey(String principal, String description) {
        position = api.write(
                "POST",
                "/api/v1/admin/api-keys",
                "{\"principal\":\"%s\",\"role\":\"viewer\",\"description\":\"%s\"}".formatted(principal, description));
    }

    /** Registers one instance of a service by its id. */
    void registerAs(String id, String service) {
        position = api.write(
                "POST",
                "/api/v1/services",
                "{\"id\": \"%s\", \"name\": \"%s\", \"address\": \"10.7.7.7\", \"port\": 80, \"ttl\": 3600}"
                        .formatted(id, service));
    }

    /** Registers a service of two instances with different weights, and discovers it. */
    void discover(String service, int times) {
        register(service, 2, "1.0.0");
        put(service + "-1", "{\"weight\":50}");
        settle();
        for (int i = 0; i < times; i++) {
            api.send("GET", "/api/v1/discover?load_balancing_strategy=weighted&service_name=" + service, null);
        }
    }

    /** Returns how often a service was discovered. */
    long picks(String service) {
        return api.send("GET", "/api/v1/load-balancer/" + service + "/stats", null)
                .at("/data/picks")
                .asLong();
    }

    void declareSchema(String service, String schema) {
        position = api.write("PUT", "/api/v1/configurations/" + service + "/schema", schema);
    }

    /** Stores a configuration. */
    void configure(String service, String content) {
        position = api.write("PUT", "/api/v1/configurations/" + service, content);
    }

    /** Removes the instance with values that a page must not interpret. */
    void removeHostile() {
        position = api.write("DELETE", "/api/v1/services/hostile-1", "{}");
    }

    /** Returns the position before the version of {@code payments} that fails. */
    long beforeCanary() {
        return beforeCanary;
    }

    /** Returns the position of the last write. */
    long position() {
        return position;
    }

    void put(String id, String body) {
        position = api.write("PUT", "/api/v1/services/" + id, body);
    }

    void delete(String id, String reason) {
        position = api.write("DELETE", "/api/v1/services/" + id, "{\"reason\":\"" + reason + "\"}");
    }

    void heartbeat(String id, String status) {
        position = api.write("POST", "/api/v1/services/" + id + "/heartbeat", "{\"status\":\"" + status + "\"}");
    }

    /** Returns once the read models contain the last write. */
    void settle() {
        api.send("GET", "/api/v1/service-summaries?wait=20s&min_position=" + position, null);
    }

    /** Registers instances of a service, with ids from 0. */
    void register(String service, int instances, String version) {
        for (int i = 0; i < instances; i++) {
            position = api.write("POST", "/api/v1/services", """
                    {"id": "%1$s-%2$d", "name": "%1$s", "address": "10.0.%3$d.%2$d", "port": 8080, "ttl": 3600, "version": "%4$s",
                     "zone": "%5$s", "metadata": {"team": "shop"}}""".formatted(
                            service, i, service.length(), version, ZONES.get(i % ZONES.size())));
        }
    }
}
