package dev.aicore.discovery.client.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Routes of a test registry except the watch. */
class RegistryRoutes {

    /** Principal of callers without a credential, who may do everything. */
    static final String ADMIN = "anonymous";

    private static final long DEFAULT_CONFIGURATION_WAIT = 2_000;

    private final RegistryStore store;
    private final ConfigurationStore configurations;
    private final DiscoverRoute discover;

    private final ReportedViews views = new ReportedViews();

    /** Set if heartbeats may not report the positions of lists. */
    private volatile boolean withoutViews;

    /** Set if the routes are those of the first version: no batches with content. */
    private volatile boolean older;

    RegistryRoutes(RegistryStore store, ConfigurationStore configurations) {
        this.store = store;
        this.configurations = configurations;
        this.discover = new DiscoverRoute(store);
    }

    void older(boolean value) {
        older = value;
    }

    void withoutViews(boolean value) {
        withoutViews = value;
    }

    ReportedViews views() {
        return views;
    }

    boolean isOlder() {
        return older;
    }

    RouteReply answer(RouteRequest request) throws InterruptedException {
        var path = request.segments();
        String method = request.recorded().method();
        String route = method + " " + path.get(0) + (path.size() > 1 ? "/" + path.size() : "");
        return switch (route) {
            case "POST services" -> register(request);
            case "GET services" -> list(request, null);
            case "GET services/2" -> RouteReply.of(store.present(path.get(1)).view());
            case "PUT services/2", "PATCH services/2" ->
                RouteReply.of(store.update(path.get(1), request.body(), request.caller()));
            case "DELETE services/2" -> deregister(path.get(1), request);
            case "POST services/3" ->
                switch (path.get(2)) {
                    case "heartbeat" -> heartbeat(path.get(1), request);
                    case "outcomes" -> outcome(path.get(1), request.body());
                    default -> throw unknownRoute(request);
                };
            case "GET services/3" ->
                switch (path.get(2)) {
                    case "instances" -> list(request, path.get(1));
                    case "history" -> history(path.get(1), request);
                    default -> throw unknownRoute(request);
                };
            case "POST heartbeats" -> heartbeats(request);
            case "POST outcomes" -> outcomes(request);
            case "GET service-names" -> serviceNames(request);
            case "GET discover" -> discover.answer(request);
            case "GET explain" -> explain(request);
            case "GET configurations/2" -> awaitedConfiguration(path.get(1), request);
            case "PUT configurations/2" -> storeConfiguration(path.get(1), request);
            case "DELETE configurations/2" -> deleteConfiguration(path.get(1));
            case "GET configurations/4" ->
                configuration(configurations.version(path.get(1), Long.parseLong(path.get(3))));
            default -> throw unknownRoute(request);
        };
    }

    private static Refusal unknownRoute(RouteRequest request) {
        return Refusal.of(
                404,
                "not_found",
                "There is no route " + request.recorded().method() + " "
                        + request.recorded().path() + ".");
    }

    /** Answers with the only rule that a test registry knows: the status. */
    private RouteReply explain(RouteRequest request) {
        String service = String.valueOf(request.parameter("service_name"));
        String id = String.valueOf(request.parameter("id"));
        String status = store.list(service).stream()
                .map(StoredInstance::view)
                .filter(view -> id.equals(view.get("id")))
                .map(view -> String.valueOf(view.get("status")))
                .findFirst()
                .orElse("absent");
        boolean isHealthy = status.equals("healthy");
        String summary = "'" + id + "' is " + (isHealthy ? "" : "not ") + "discovered. The instance is " + status + ".";
        return RouteReply.of(Map.of(
                "service_name", service,
                "id", id,
                "discovered", isHealthy,
                "summary", summary,
                "rules", List.of(Map.of("rule", "health", "passes", isHealthy))));
    }

    private RouteReply register(RouteRequest request) {
        var body = request.body();
        String reason = body.get("reason") instanceof String text ? text : request.header("x-reason");
        var view = store.register(body, request.caller(), reason);
        boolean created = Boolean.TRUE.equals(view.remove("created"));
        return new RouteReply(created ? 201 : 200, view, new LinkedHashMap<>(), "/api/v1/services/" + view.get("id"));
    }

    private RouteReply deregister(String id, RouteRequest request) {
        store.deregister(id, request.caller(), request.header("x-reason"));
        return RouteReply.of(Map.of("id", id, "service_id", id, "deregistered", true));
    }

    private RouteReply list(RouteRequest request, @Nullable String service) {
        request.allow(Set.of("service_name", "limit", "cursor", "min_position", "wait"));
        String name = service == null ? request.parameter("service_name") : service;
        return RouteReply.of(Map.of(
                "services", store.list(name).stream().map(StoredInstance::view).toList()));
    }

    private RouteReply history(String id, RouteRequest request) {
        request.allow(Set.of("limit", "cursor", "order", "from", "to", "include", "min_position", "wait"));
        var entries = new ArrayList<>(store.history(id));
        if ("desc".equals(request.parameter("order"))) {
            Collections.reverse(entries);
        }
        long limit = request.number("limit", 100);
        return RouteReply.of(Map.of("entries", entries.subList(0, (int) Math.min(limit, entries.size()))));
    }

    private RouteReply serviceNames(RouteRequest request) {
        request.allow(Set.of("limit", "cursor", "min_position", "wait"));
        var counts = new TreeMap<String, Integer>();
        store.list(null).forEach(known -> counts.merge(known.service(), 1, Integer::sum));
        var services = new ArrayList<Map<String, Object>>();
        counts.forEach((name, count) -> services.add(Map.of("name", name, "instances", count)));
        return RouteReply.of(Map.of("services", services));
    }

    // --- heartbeats and outcomes -----------------------------------------------------------------------------

    private RouteReply heartbeat(String id, RouteRequest request) {
        var body = request.body();
        requireView(body);
        boolean isRevived = store.renew(id, health(body), request.caller());
        views.store(id, body);
        return RouteReply.of(Map.of("id", id, "service_id", id, "revived", isRevived));
    }

    /** Refuses a heartbeat with an invalid view. */
    private void requireView(Map<String, @Nullable Object> heartbeat) {
        if (withoutViews && heartbeat.get("view") != null) {
            throw Refusal.field("unknown_field", "view", "is not a field", null, "status");
        }
        ReportedViews.read(heartbeat);
    }

    private static @Nullable String health(Map<String, @Nullable Object> body) {
        return body.get("status") == null
                ? null
                : Declarations.choice(body, "status", "healthy", Set.of("healthy", "unhealthy"));
    }

    private RouteReply heartbeats(RouteRequest request) {
        var body = request.body();
        if (body.get("heartbeats") instanceof List<?> heartbeats && !older) {
            heartbeats.forEach(heartbeat -> requireView(members(heartbeat)));
            return outcomesOf(heartbeats, request.caller());
        }
        body.keySet().stream().filter(field -> !field.equals("ids")).findFirst().ifPresent(field -> {
            throw Refusal.field("unknown_field", field, "is not a field", null, "ids");
        });
        if (!(body.get("ids") instanceof List<?> ids) || ids.isEmpty()) {
            throw Refusal.field("validation_failed", "ids", "is required", null, "1 to 10000 ids");
        }
        return outcomesOf(ids.stream().distinct().map(id -> Map.of("id", id)).toList(), request.caller());
    }

    private RouteReply outcomesOf(List<?> heartbeats, String caller) {
        var outcomes = new ArrayList<Map<String, Object>>();
        int renewed = 0;
        int revived = 0;
        for (Object heartbeat : heartbeats) {
            var members = members(heartbeat);
            String id = String.valueOf(members.get("id"));
            try {
                boolean isRevived = store.renew(id, health(members), caller);
                views.store(id, members);
                outcomes.add(Map.of("id", id, "outcome", isRevived ? "revived" : "renewed"));
                renewed += isRevived ? 0 : 1;
                revived += isRevived ? 1 : 0;
            } catch (Refusal e) {
                outcomes.add(Map.of(
                        "id", id, "outcome", e.code(), "code", e.code(), "detail", String.valueOf(e.getMessage())));
            }
        }
        return RouteReply.of(Map.of(
                "total", outcomes.size(),
                "renewed", renewed,
                "revived", revived,
                "failed", outcomes.size() - renewed - revived,
                "outcomes", outcomes));
    }

    private RouteReply outcome(String id, Map<String, @Nullable Object> body) {
        long successes = Declarations.integer(body, "successes", 0L, 0, 10_000);
        long failures = Declarations.integer(body, "failures", 0L, 0, 10_000);
        if (successes + failures == 0) {
            throw Refusal.field("validation_failed", "successes", "must be at least 1 in total", 0, "1 to 10000");
        }
        return RouteReply.of(Map.of("id", id, "service_id", id, "breaker", store.present(id).breaker));
    }

    private RouteReply outcomes(RouteRequest request) {
        if (older || !(request.body().get("outcomes") instanceof List<?> reports)) {
            throw unknownRoute(request);
        }
        var outcomes = new ArrayList<Map<String, Object>>();
        for (Object report : reports) {
            var members = members(report);
            String id = String.valueOf(members.get("id"));
            try {
                outcome(id, members);
                outcomes.add(Map.of("id", id, "outcome", "recorded"));
            } catch (Refusal e) {
                outcomes.add(Map.of("id", id, "outcome", e.code(), "code", e.code()));
            }
        }
        return RouteReply.of(Map.of("total", outcomes.size(), "outcomes", outcomes));
    }

    static Map<String, @Nullable Object> members(Object value) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
        }
        return members;
    }

    // --- configurations --------------------------------------------------------------------------------------

    private RouteReply awaitedConfiguration(String service, RouteRequest request) throws InterruptedException {
        if (request.parameter("index") != null) {
            configurations.awaitChange(
                    service, request.number("index", 0), request.millis("wait", DEFAULT_CONFIGURATION_WAIT));
        }
        return configuration(configurations.newest(service));
    }

    private static RouteReply configuration(Map<String, Object> version) {
        var reply = RouteReply.of(version);
        reply.meta().put("index", version.get("position"));
        return reply;
    }

    private RouteReply storeConfiguration(String service, RouteRequest request) {
        var answer = configurations.store(
                service, request.body(), request.caller(), request.header("x-reason"), store.advancePosition());
        boolean isNew = "created".equals(answer.get("change"));
        return new RouteReply(
                isNew ? 201 : 200,
                answer,
                new LinkedHashMap<>(),
                isNew ? request.recorded().path() : null);
    }

    private RouteReply deleteConfiguration(String service) {
        configurations.delete(service);
        store.advancePosition();
        return RouteReply.of(Map.of("service_name", service, "deleted", true));
    }
}
