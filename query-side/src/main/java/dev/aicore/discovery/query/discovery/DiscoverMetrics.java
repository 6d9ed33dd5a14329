package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts discover requests by strategy and service. Callers can request arbitrary names, so services that aren't
 * registered are counted together as {@code _unknown}, and those beyond the bound as {@code _other}. No service can
 * have either name.
 */
final class DiscoverMetrics {

    private static final String UNKNOWN = "_unknown";
    private static final String OTHER = "_other";

    private final int maxServices;
    private final Set<String> services = ConcurrentHashMap.newKeySet();
    private final Map<RequestKey, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * Creates an empty counter.
     *
     * @param maxServices maximum number of services counted separately; concurrent requests may exceed it by their
     *     number
     */
    DiscoverMetrics(int maxServices) {
        this.maxServices = maxServices;
    }

    private record RequestKey(String strategy, String service) {}

    /**
     * Counts one request.
     *
     * @param known whether the service has present instances
     */
    void count(BalancingStrategy balancingStrategy, String service, boolean known) {
        counts.computeIfAbsent(
                        new RequestKey(balancingStrategy.jsonName(), known ? label(service) : UNKNOWN),
                        requestKey -> new LongAdder())
                .increment();
    }

    private String label(String service) {
        if (services.contains(service)) {
            return service;
        }
        if (services.size() >= maxServices) {
            return OTHER;
        }
        services.add(service);
        return service;
    }

    List<Sample> samples() {
        return counts.entrySet().stream()
                .map(count ->
                        new Sample(labels(count.getKey()), count.getValue().sum()))
                .toList();
    }

    private static Map<String, String> labels(RequestKey requestKey) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("strategy", requestKey.strategy());
        labels.put("service", requestKey.service());
        return labels;
    }
}
