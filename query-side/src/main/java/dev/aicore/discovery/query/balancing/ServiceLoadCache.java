package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.balancing.ConnectionCountSource.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loads of those services that somebody lately asked for by a strategy that goes by load; others cost nothing. Bounded:
 * of services beyond the bound no load is known, which leaves a choice at random, nor of instances beyond theirs.
 */
final class ServiceLoadCache {

    private static final long LATELY_NANOS = Duration.ofMinutes(1).toNanos();

    private final TimeSource time;
    private final int maxServices;
    private final int maxInstances;
    private final ServiceLoad none;
    private final Map<String, ServiceLoad> byService = new ConcurrentHashMap<>();
    private volatile boolean full;

    /**
     * Knows of none yet.
     *
     * @param mostServices requests at the same moment may exceed it by their number
     * @param mostInstances of all services together; what comes between two looks may exceed it
     */
    ServiceLoadCache(TimeSource time, int mostServices, int mostInstances) {
        this.time = time;
        this.maxServices = mostServices;
        this.maxInstances = mostInstances;
        this.none = new ServiceLoad(time, () -> true);
    }

    /** The loads of a service. To ask for them has its instances' reports read during the next minute. */
    ServiceLoad of(String service) {
        var known = byService.get(service);
        if (known == null) {
            if (byService.size() >= maxServices) {
                return none;
            }
            known = byService.computeIfAbsent(service, _ -> new ServiceLoad(time, () -> full));
        }
        known.ask();
        return known;
    }

    /** Counts a pick, if somebody lately asked for the loads of the service. */
    void picked(String service, String instance) {
        var serviceLoad = byService.get(service);
        if (serviceLoad != null) {
            serviceLoad.picked(instance);
        }
    }

    /** The services that were asked for lately, and up to which position their reports were read. The others are forgotten. */
    Map<String, Long> lately() {
        long now = time.nanos();
        var lately = new LinkedHashMap<String, Long>();
        byService.values().removeIf(serviceLoad -> now - serviceLoad.accessedAt() > LATELY_NANOS);
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

    /** Takes what was read for these services, which is all up to that position. */
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
                loads.readUpTo(upTo);
            }
        }
    }
}
