package dev.aicore.discovery.query.discovery.registry;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.snapshot.IdSearch;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotWeigher;
import dev.aicore.discovery.query.watching.InstanceViewFold;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes the snapshot that follows another one. Each service is copied once, when it changes. Not thread-safe. */
final class RegistrySnapshotBuilder {

    /** Time for which changes are kept, counted from the last one. */
    static final Duration CHANGE_RETENTION = Duration.ofMinutes(5);

    /** Maximum number of changes that are kept. */
    static final int MAX_CHANGES = 8_192;

    private final RegistrySnapshot before;
    private final TreeMap<String, ServiceInstances> services;
    private final Map<String, ChangedService> changed = new HashMap<>();
    private final SequencedMap<String, RecentInstanceChange> changes = new LinkedHashMap<>();
    private long weight;
    private long index;
    private long extinctionIndex;

    /** Service whose instances change. */
    private static final class ChangedService {
        private final List<InstanceView> instances;
        private long index;
        private long completeUpTo;

        ChangedService(ServiceInstances before) {
            this.instances = new ArrayList<>(before.instances());
            this.index = before.index();
            this.completeUpTo = before.completeUpTo();
        }

        /** Returns an index as a binary search does: negative if the id isn't found. */
        int place(String id) {
            return IdSearch.indexOf(instances, InstanceView::id, id);
        }
    }

    RegistrySnapshotBuilder(RegistrySnapshot before) {
        this.before = before;
        this.services = new TreeMap<>(before.servicesByName());
        this.weight = before.weight();
        this.index = before.index();
        this.extinctionIndex = before.extinctionIndex();
        before.changes().forEach(change -> changes.put(change.instance().id(), change));
    }

    /**
     * Returns a snapshot of instances that were read.
     *
     * @param since instances that changed at this instant or later count as recent changes
     */
    static RegistrySnapshot read(List<InstanceView> instances, long position, Instant since) {
        var grouped = new TreeMap<String, List<InstanceView>>();
        instances.forEach(instance ->
                grouped.computeIfAbsent(instance.name(), _ -> new ArrayList<>()).add(instance));
        var services = new TreeMap<String, ServiceInstances>();
        grouped.forEach((name, of) -> services.put(name, new ServiceInstances(name, position, position, of)));
        var recent = instances.stream()
                .filter(instance -> !instance.updatedAt().isBefore(since))
                .sorted((one, other) -> Long.compare(one.position(), other.position()))
                .map(instance -> new RecentInstanceChange(
                        instance.updatedAt(),
                        instance.position(),
                        instance.updatedAt().equals(instance.registeredAt()) ? null : instance,
                        instance))
                .toList();
        long weight = instances.stream().mapToLong(SnapshotWeigher::of).sum();
        return RegistrySnapshot.of(position, position, position, services, recent, weight, null);
    }

    /** Applies a fact; returns false if it can't be folded into the present instances. */
    boolean apply(LiveFact live, InstanceViewFold fold) {
        var service = changing(live.fact().service());
        if (live.position() <= service.completeUpTo) {
            return true;
        }
        int place = service.place(live.fact().id());
        var before = place < 0 ? null : service.instances.get(place);
        if (before != null && before.position() >= live.position()) {
            return true; // a row may be newer than the position at which it was read
        }
        var change = fold.change(before, live);
        if (change.isEmpty()) {
            return false;
        }
        put(service, place, change.get().instance());
        record(
                service,
                new RecentInstanceChange(
                        live.recordedAt(), live.position(), before, change.get().instance()));
        return true;
    }

    /**
     * Replaces a service by instances that were read.
     *
     * @param now ordered by id
     * @param completeUpTo position up to which the read is complete
     * @param last position of the service's last change
     * @param at time that counts as that of a departure
     */
    void replace(String name, List<InstanceView> now, long completeUpTo, long last, Instant at) {
        var service = changing(name);
        var before = new HashMap<String, InstanceView>();
        service.instances.forEach(instance -> before.put(instance.id(), instance));
        service.completeUpTo = Math.max(service.completeUpTo, completeUpTo);
        for (var instance : now) {
            var known = before.remove(instance.id());
            if (known == null || known.position() < instance.position()) {
                put(service, service.place(instance.id()), instance);
                record(service, new RecentInstanceChange(instance.updatedAt(), instance.position(), known, instance));
            }
        }
        before.values().forEach(gone -> {
            put(service, service.place(gone.id()), null);
            record(service, new RecentInstanceChange(at, last, gone, null));
        });
    }

    /** Returns the snapshot at a position up to which all facts were applied. */
    RegistrySnapshot build(long position) {
        changed.forEach((name, service) -> {
            if (service.instances.isEmpty()) {
                if (services.remove(name) != null) {
                    extinctionIndex = Math.max(extinctionIndex, service.index);
                }
            } else {
                services.put(name, new ServiceInstances(name, service.index, service.completeUpTo, service.instances));
            }
        });
        return RegistrySnapshot.of(position, index, extinctionIndex, services, retained(), weight, before);
    }

    private ChangedService changing(String name) {
        return changed.computeIfAbsent(
                name,
                _ -> new ChangedService(services.getOrDefault(name, new ServiceInstances(name, 0, 0, List.of()))));
    }

    private void put(ChangedService service, int place, @Nullable InstanceView after) {
        if (place >= 0) {
            weight -= SnapshotWeigher.of(service.instances.get(place));
        }
        if (after != null) {
            weight += SnapshotWeigher.of(after);
        }
        if (after == null) {
            if (place >= 0) {
                service.instances.remove(place);
            }
        } else if (place >= 0) {
            service.instances.set(place, after);
        } else {
            service.instances.add(-place - 1, after);
        }
    }

    private void record(ChangedService service, RecentInstanceChange change) {
        if (change.before() == null && change.after() == null) {
            return;
        }
        service.index = Math.max(service.index, change.position());
        index = Math.max(index, change.position());
        changes.remove(change.instance().id());
        changes.putLast(change.instance().id(), change);
    }

    private List<RecentInstanceChange> retained() {
        var last = changes.lastEntry();
        if (last == null) {
            return List.of();
        }
        var oldest = last.getValue().at().minus(CHANGE_RETENTION);
        return changes.values().stream()
                .skip(Math.max(0, changes.size() - MAX_CHANGES))
                .filter(change -> !change.at().isBefore(oldest))
                .toList();
    }
}
