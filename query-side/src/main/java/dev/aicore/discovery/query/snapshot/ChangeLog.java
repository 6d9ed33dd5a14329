package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.watching.InstanceChangeView;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds the last changes of services that are kept in memory, bounded over all of them: the oldest leave first. For use by many threads. */
final class ChangeLog {

    private final long maxWeight;
    private final Map<String, ServiceLog> services = new HashMap<>();
    private final ArrayDeque<Entry> all = new ArrayDeque<>();
    private long weight;

    private record Entry(ServiceLog service, InstanceChangeView change, int weight) {}

    /** The changes of a service behind a position. */
    private static final class ServiceLog {
        private final ArrayDeque<InstanceChangeView> changes = new ArrayDeque<>(2);
        private long from;

        ServiceLog(long from) {
            this.from = from;
        }
    }

    /** @param maxWeight of all changes together, in the units of {@link SnapshotWeigher} */
    ChangeLog(long maxWeight) {
        this.maxWeight = maxWeight;
    }

    /** Begins to hold a service's changes behind a position; those that were held are forgotten. */
    synchronized void restart(String service, long from) {
        services.put(service, new ServiceLog(from));
    }

    /** Forgets a service. */
    synchronized void drop(String service) {
        services.remove(service);
    }

    /** Adds changes of a service that is held, in order of position; there are no others since the last ones. */
    synchronized void add(String service, List<InstanceChangeView> changes) {
        var held = services.get(service);
        if (held == null) {
            return;
        }
        for (var change : changes) {
            var instance = change.instance();
            var entry = new Entry(held, change, instance == null ? 1 : SnapshotWeigher.of(instance));
            held.changes.add(change);
            all.add(entry);
            weight += entry.weight();
        }
        while (weight > maxWeight) {
            removeOldest();
        }
    }

    /** Returns at most {@code limit} changes behind {@code after} and up to {@code upTo}, in order; empty if some of them aren't held. */
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

    /** Returns the position of the last change that is held of a service. */
    synchronized OptionalLong last(String service) {
        var held = services.get(service);
        return held == null || held.changes.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(held.changes.getLast().position());
    }

    private void removeOldest() {
        var oldest = all.remove();
        oldest.service().changes.poll();
        oldest.service().from = oldest.change().position();
        weight -= oldest.weight();
    }
}
