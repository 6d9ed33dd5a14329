package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.api.watching.InstanceChangeView;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds the last changes of the services in memory, bounded over all services. Evicts the oldest changes first.
 * Thread-safe.
 */
final class ChangeLog {

    private final long maxWeight;
    private final Map<String, ServiceLog> services = new HashMap<>();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long weight;

    private record Entry(ServiceLog service, InstanceChangeView change, int weight) {}

    /** Changes of a service after a position. */
    private static final class ServiceLog {
        private final ArrayDeque<InstanceChangeView> changes = new ArrayDeque<>(2);
        private long from;

        ServiceLog(long from) {
            this.from = from;
        }
    }

    /**
     * Creates an empty log.
     *
     * @param maxWeight maximum weight of all changes, in the units of {@link SnapshotWeigher}
     */
    ChangeLog(long maxWeight) {
        this.maxWeight = maxWeight;
    }

    /** Starts to hold a service's changes after a position; discards the changes held before. */
    synchronized void restart(String service, long from) {
        services.put(service, new ServiceLog(from));
    }

    /** Discards a service. */
    synchronized void drop(String service) {
        services.remove(service);
    }

    /** Adds changes of a held service in order of position; they must be complete since the previous call. */
    synchronized void add(String service, List<InstanceChangeView> changes) {
        var held = services.get(service);
        if (held == null) {
            return;
        }
        for (var change : changes) {
            var instance = change.instance();
            var entry = new Entry(held, change, instance == null ? 1 : SnapshotWeigher.of(instance));
            held.changes.add(change);
            entries.add(entry);
            weight += entry.weight();
        }
        while (weight > maxWeight) {
            removeOldest();
        }
    }

    /**
     * Returns at most {@code limit} changes after {@code after} and up to {@code upTo}, in order; empty if some of them
     * aren't held.
     */
    synchronized Optional<List<InstanceChangeView>> between(String service, long after, long upTo, int limit) {
        var held = services.get(service);
        return held == null || after < held.from
                ? Optional.empty()
                : Optional.of(held.changes.stream()
                        .dropWhile(change -> change.position() <= after)
                        .takeWhile(change -> change.position() <= upTo)
                        .limit(limit)
                        .toList());
    }

    /** Returns the position of the last held change of a service. */
    synchronized OptionalLong lastPosition(String service) {
        var held = services.get(service);
        return held == null || held.changes.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(held.changes.getLast().position());
    }

    private void removeOldest() {
        var oldest = entries.remove();
        oldest.service().changes.poll();
        oldest.service().from = oldest.change().position();
        weight -= oldest.weight();
    }
}
