package dev.aicore.discovery.query.discovery.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.watching.InstanceViewFold;
import dev.aicore.discovery.query.watching.RecentFactBuffer;
import dev.aicore.discovery.query.watching.RecentFactBuffer.FactTail;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFactListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Caches snapshots of services and applies each live fact to them. Evicts by weight (TinyLFU). Thread-safe. */
final class ServiceSnapshotCache implements LiveFactListener {

    private final Cache<String, CachedSnapshot> services;
    private final long maxSurplus;
    private final RecentFactBuffer recent;
    private final InstanceViewFold fold;
    private final ChangeLog log;

    /**
     * Creates an empty cache.
     *
     * @param maxWeight maximum weight of all services, in the units of {@link SnapshotWeigher}
     * @param maxSurplus maximum surplus of a service that is cached completely rather than as an outline, as
     * {@link SnapshotWeigher#surplus} counts
     */
    ServiceSnapshotCache(
            long maxWeight, long maxSurplus, RecentFactBuffer recent, InstanceViewFold fold, ChangeLog log) {
        this.maxSurplus = maxSurplus;
        this.recent = recent;
        this.fold = fold;
        this.log = log;
        this.services = Caffeine.newBuilder()
                .maximumWeight(maxWeight)
                .weigher((String service, CachedSnapshot of) -> of.service().weight())
                .executor(Runnable::run)
                .evictionListener(
                        (@Nullable String service, @Nullable CachedSnapshot of, RemovalCause cause) -> forget(service))
                .build();
    }

    /** Returns a snapshot; null if the service isn't cached. */
    @Nullable
    CachedSnapshot get(String service) {
        return services.getIfPresent(service);
    }

    /** Caches a read snapshot, unless a newer one is present. */
    void put(String service, CachedSnapshot read) {
        services.asMap().compute(service, (name, before) -> {
            if (before != null && read.isBehind(before)) {
                return before;
            }
            if (read.service().isOutline()) {
                log.drop(service); // an outline doesn't contain the result of a change
            } else if (before == null
                    || before.service().isOutline()
                    || before.service().position() < read.service().position()) {
                log.restart(service, read.service().position());
            }
            return read;
        });
    }

    /**
     * Applies the facts after a read to its result; empty if they aren't all known, or if the snapshot became too
     * large.
     */
    Optional<CachedSnapshot> withRecent(String service, CachedSnapshot read) {
        return recent.after(service, read.service().position())
                .flatMap(factTail ->
                        changes(read.service(), factTail).map(changes -> withChanges(read, changes, factTail.upTo())))
                .filter(moved -> !isTooLarge(moved));
    }

    @Override
    public void changed(String service) {
        services.asMap().computeIfPresent(service, (name, before) -> refresh(name, before));
    }

    private @Nullable CachedSnapshot refresh(String service, CachedSnapshot before) {
        var tail = recent.after(service, before.service().position());
        var changes = tail.flatMap(behind -> changes(before.service(), behind));
        var after = tail.flatMap(behind -> changes.map(known -> withChanges(before, known, behind.upTo())));
        if (after.isEmpty() || isTooLarge(after.get())) {
            log.drop(service);
            return null;
        }
        log.add(service, changes.orElseThrow());
        return after.get();
    }

    /**
     * Returns true if the snapshot is too large to be cached completely. The next read detects that and returns an
     * outline.
     */
    private boolean isTooLarge(CachedSnapshot moved) {
        return !moved.service().isOutline() && moved.service().surplus() > maxSurplus;
    }

    private static CachedSnapshot withChanges(CachedSnapshot before, List<InstanceChangeView> changes, long upTo) {
        return new CachedSnapshot(
                before.service()
                        .withChanges(changes, Math.max(upTo, before.service().position())),
                before.nanos());
    }

    /** Returns the changes by facts; empty if a fact can't be folded into the present state. */
    private Optional<List<InstanceChangeView>> changes(ServiceSnapshot before, FactTail factTail) {
        var changes = new ArrayList<InstanceChangeView>();
        Map<String, Optional<InstanceView>> now = new HashMap<>();
        for (var fact : factTail.facts()) {
            var id = fact.fact().id();
            var instance = now.getOrDefault(id, Optional.ofNullable(before.instance(id)))
                    .orElse(null);
            if (instance != null && instance.position() >= fact.position()) {
                continue; // a row may be newer than the position at which it was read
            }
            var change = fold.change(instance, fact);
            if (change.isEmpty()) {
                return Optional.empty();
            }
            changes.add(change.get());
            now.put(id, Optional.ofNullable(change.get().instance()));
        }
        return Optional.of(changes);
    }

    private void forget(@Nullable String service) {
        if (service != null) {
            log.drop(service);
        }
    }

    /**
     * Snapshot of a service in memory.
     *
     * @param service with all changes up to its position
     * @param nanos time at which a store confirmed the state that the snapshot began with, by the monotonic clock
     */
    record CachedSnapshot(ServiceSnapshot service, long nanos) {

        /**
         * Returns true if the other snapshot is newer: a read that began earlier may end later. Of two at the same
         * position, the one confirmed later is newer.
         */
        boolean isBehind(CachedSnapshot other) {
            int order = Long.compare(service.position(), other.service.position());
            return order < 0 || (order == 0 && nanos < other.nanos);
        }
    }
}
