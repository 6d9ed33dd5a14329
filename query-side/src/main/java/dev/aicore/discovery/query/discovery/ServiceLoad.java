package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.balancing.LeastConnections.LoadOf;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.discovery.ConnectionCountSource.Report;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads of a service's instances as this node knows them: reported connections, and its own picks since the report,
 * within the last minute. An instance that never reported counts as having no connections. Thread-safe.
 */
final class ServiceLoad implements LoadOf {

    /** Time after which an unused load is evicted: its instance is considered gone. */
    private static final long RETENTION_NANOS = Duration.ofMinutes(10).toNanos();

    private final TimeSource time;
    private final BooleanSupplier full;
    private final Map<String, InstanceLoad> byId = new ConcurrentHashMap<>();
    private volatile long accessedAt;
    private volatile long position;

    /**
     * Creates loads without instances.
     *
     * @param full true if the maximum number of instances is reached; the loads of further instances are unknown
     */
    ServiceLoad(TimeSource time, BooleanSupplier full) {
        this.time = time;
        this.full = full;
        this.accessedAt = time.nanos();
    }

    /**
     * Returns the load that strategies compare; {@link LoadOf#UNKNOWN} for instances beyond the bound.
     *
     * @param weight greater than 0
     */
    @Override
    public double load(String id, int weight) {
        var instanceLoad = byId.get(id);
        if (instanceLoad != null) {
            return (double) instanceLoad.total(time.nanos()) / weight;
        }
        return full.getAsBoolean() ? UNKNOWN : 0;
    }

    /** Counts a pick of the instance. */
    void picked(String id) {
        var instanceLoad = of(id);
        if (instanceLoad != null) {
            instanceLoad.picked(time.nanos());
        }
    }

    /** Applies a report; picks from before it no longer count. */
    void reported(Report report) {
        var instanceLoad = of(report.id());
        if (instanceLoad != null) {
            long now = time.nanos();
            var age = Duration.between(report.at(), time.now());
            instanceLoad.reported(
                    report.connections(), now - (age.isNegative() ? 0 : age.toNanos()), report.position(), now);
        }
    }

    void touch() {
        accessedAt = time.nanos();
    }

    long accessedAt() {
        return accessedAt;
    }

    /** Returns the position up to which reports were read. */
    long position() {
        return position;
    }

    void setPosition(long position) {
        this.position = position;
    }

    /** Evicts the loads of instances that are no longer used. */
    void evictStale() {
        long now = time.nanos();
        byId.values().removeIf(instanceLoad -> now - instanceLoad.usedAt() > RETENTION_NANOS);
    }

    /** Returns the number of instances with a known load. */
    int size() {
        return byId.size();
    }

    private @Nullable InstanceLoad of(String id) {
        var known = byId.get(id);
        return known != null
                ? known
                : byId.computeIfAbsent(id, _ -> full.getAsBoolean() ? null : new InstanceLoad(time.nanos()));
    }
}
