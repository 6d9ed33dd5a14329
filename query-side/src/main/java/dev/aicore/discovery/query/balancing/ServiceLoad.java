package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.balancing.ConnectionCountSource.Report;
import dev.aicore.discovery.query.balancing.LeastConnections.LoadOf;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loads of a service's instances, as this node knows them: reported connections, and its own picks since the report, of the
 * last minute at most. An instance that never reported has no connections. For use by many threads.
 */
final class ServiceLoad {

    /** What nobody has asked for so long is an instance that has gone. */
    private static final long RETENTION_NANOS = Duration.ofMinutes(10).toNanos();

    private final TimeSource time;
    private final BooleanSupplier full;
    private final Map<String, InstanceLoad> byId = new ConcurrentHashMap<>();
    private volatile long accessedAt;
    private volatile long position;

    /** @param full whether there is no room for more instances: nobody knows the load of those beyond */
    ServiceLoad(TimeSource time, BooleanSupplier full) {
        this.time = time;
        this.full = full;
        this.accessedAt = time.nanos();
    }

    /**
     * What the strategies go by; {@link LoadOf#UNKNOWN} beyond the bound.
     *
     * @param weight greater than 0
     */
    double load(String id, int weight) {
        var instanceLoad = byId.get(id);
        if (instanceLoad != null) {
            return (double) instanceLoad.total(time.nanos()) / weight;
        }
        return full.getAsBoolean() ? LoadOf.UNKNOWN : 0;
    }

    /** Counts that somebody was sent to the instance. */
    void picked(String id) {
        var instanceLoad = of(id);
        if (instanceLoad != null) {
            instanceLoad.picked(time.nanos());
        }
    }

    /** Takes a report; picks from before it no longer count. */
    void reported(Report report) {
        var instanceLoad = of(report.id());
        if (instanceLoad != null) {
            long now = time.nanos();
            var age = Duration.between(report.at(), time.now());
            instanceLoad.reported(
                    report.connections(), now - (age.isNegative() ? 0 : age.toNanos()), report.position(), now);
        }
    }

    void ask() {
        accessedAt = time.nanos();
    }

    long accessedAt() {
        return accessedAt;
    }

    /** Up to where reports were read. */
    long position() {
        return position;
    }

    void readUpTo(long position) {
        this.position = position;
    }

    /** Forgets instances that nobody asks for any more. */
    void evictStale() {
        long now = time.nanos();
        byId.values().removeIf(instanceLoad -> now - instanceLoad.usedAt() > RETENTION_NANOS);
    }

    /** How many instances it knows the load of. */
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
