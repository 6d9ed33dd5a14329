package dev.aicore.discovery.client.testing;

import dev.aicore.discovery.balancing.VersionRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Route {@code GET /api/v1/discover}, also as a long poll. Rotates by one counter, whatever the strategy. */
final class DiscoverRoute {

    private static final Set<String> PARAMETERS = Set.of(
            "service_name",
            "version",
            "tag",
            "zone",
            "include_unhealthy",
            "limit",
            "hash_key",
            "index",
            "wait",
            "load_balancing_strategy",
            "min_position");
    private static final String METADATA = "metadata.";
    private static final long DEFAULT_WAIT = 2_000;

    private final RegistryStore store;
    private final AtomicInteger turn = new AtomicInteger();

    DiscoverRoute(RegistryStore store) {
        this.store = store;
    }

    RouteReply answer(RouteRequest request) throws InterruptedException {
        request.allow(PARAMETERS);
        String service = request.parameter("service_name");
        if (service == null || !Declarations.NAME.matcher(service).matches()) {
            throw Refusal.field("validation_failed", "service_name", "is required", service, "the name of a service");
        }
        String index = request.parameter("index");
        if (index != null) {
            await(service, request.number("index", 0), request.millis("wait", DEFAULT_WAIT));
        }
        var reply = RouteReply.of(select(service, request));
        if (index != null) {
            reply.meta().put("index", store.index(service));
        }
        return reply;
    }

    private void await(String service, long after, long millis) throws InterruptedException {
        if (after > store.position()) {
            throw Refusal.of(410, "other_store", "The store has no position " + after + ".");
        }
        long end = System.nanoTime() + millis * 1_000_000;
        while (after > 0 && store.index(service) <= after && System.nanoTime() < end) {
            store.awaitChange();
        }
    }

    private Map<String, Object> select(String service, RouteRequest request) {
        var present = store.list(service);
        long inService = present.stream().filter(StoredInstance::isInService).count();
        long healthy = present.stream()
                .filter(known -> known.status().equals("healthy"))
                .count();
        boolean panic = inService > 0 && healthy < RegistryStore.PANIC_THRESHOLD * inService;
        boolean all = Set.of("true", "True", "1").contains(String.valueOf(request.parameter("include_unhealthy")));
        var matching = present.stream().filter(known -> matches(known, request)).toList();
        var found = new ArrayList<Map<String, Object>>();
        for (var known : matching) {
            boolean isWanted = panic || all;
            boolean isFound = isWanted ? known.isInService() : known.status().equals("healthy");
            if (isFound && known.weight() > 0) {
                found.add(known.view());
            }
        }
        if (found.size() > 1) {
            Collections.rotate(found, -Math.floorMod(turn.getAndIncrement(), found.size()));
        }
        long limit = request.number("limit", found.size());
        var data = new LinkedHashMap<String, Object>();
        data.put("service_name", service);
        data.put("strategy", "round_robin");
        data.put("total", matching.size());
        data.put(
                "healthy",
                matching.stream()
                        .filter(known -> known.status().equals("healthy"))
                        .count());
        data.put("panic", panic);
        data.put("services", found.subList(0, (int) Math.min(limit, found.size())));
        return data;
    }

    private static boolean matches(StoredInstance known, RouteRequest request) {
        String version = request.parameter("version");
        var tags = request.parameters().getOrDefault("tag", List.of());
        boolean hasMetadata = request.parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().startsWith(METADATA))
                .allMatch(parameter -> parameter
                        .getValue()
                        .get(0)
                        .equals(known.metadata().get(parameter.getKey().substring(METADATA.length()))));
        return hasMetadata && known.tags().containsAll(tags) && (version == null || accepts(version, known.version()));
    }

    private static boolean accepts(String range, String version) {
        VersionRange parsed = VersionRange.of(range);
        return parsed != null && parsed.accepts(version);
    }
}
