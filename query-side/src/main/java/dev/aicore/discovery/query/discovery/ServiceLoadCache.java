package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.discovery.ConnectionCountSource.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches the loads of services that were recently requested with a load-based strategy; other services cost nothing.
 * Bounded: the loads of services and instances beyond the bounds are unknown, which results in random choices.
 */
final class ServiceLoadCache {

    private static final long RECENT_NANOS = Duration.ofMinutes(1).toNanos();

    private final TimeSource time;
    private final int maxServices;
    private final int maxInstances;
    private final ServiceLoad unknownLoad;
    private final Map<String, ServiceLoad> byService = new ConcurrentHashMap<>();
    private volatile boolean full;

    /**
     * Creates an empty cache.
     *
     * @param maxServices maximum number of services; concurrent requests may exceed it by their number
     * @param maxInstances maximum number of instances of all services; instances added between two polls may exceed it
     */
    ServiceLoadCache(TimeSource time, int maxServices, int maxInstances) {
        this.time = time;
        this.maxServices = maxServices;
        this.maxInstances = maxInstances;
        this.unknownLoad = new ServiceLoad(time, () -> true);
    }

    /**
     * Returns the loads of a service. The call makes the poller read the reports of its instances during the next
     * minute.
     */
    ServiceLoad of(String service) {
        var known = byService.get(service);
        if (known == null) {
            if (byService.size() >= maxServices) {
                return unknownLoad;
            }
            known = byService.computeIfAbsent(service, _ -> new ServiceLoad(time, () -> full));
        }
        known.touch();
        return known;
    }

    /** Counts a pick, if the service's loads were recently requested. */
    void picked(String service, String instance) {
        var serviceLoad = byService.get(service);
        if (serviceLoad != null) {
            serviceLoad.picked(instance);
        }
    }

    /**
     * Returns the recently requested services with the position up to which their reports were read. Evicts the other
     * services.
     */
    Map<String, Long> recentlyUsed() {
        long now = time.nanos();
        var lately = new LinkedHashMap<String, Long>();
        byService.values().removeIf(serviceLoad -> now - serviceLoad.accessedAt() > RECENT_NANOS);
        int instances = 0;
        for (var known : byService.entrySet()) {
            var loads = known.getValue();
            loads.evictStale();
            instances += loads.size();
            lately.put(known.getKey(), loads.position());
        }
        full = instances >= maxInstances;
        return lately;
    }

    /** Applies reports that are complete for these services up to a position. */
    void reported(Iterable<String> services, List<Report> reports, long upTo) {
        for (var report : reports) {
            var serviceLoad = byService.get(report.service());
            if (serviceLoad != null) {
                serviceLoad.reported(report);
            }
        }
        for (var service : services) {
            var loads = byService.get(service);
            if (loads != null) {
                loads.setPosition(upTo);
            }
        }
    }
}
