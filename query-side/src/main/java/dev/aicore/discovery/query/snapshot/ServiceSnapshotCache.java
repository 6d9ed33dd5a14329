package dev.aicore.discovery.query.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.live.InstanceViewFold;
import dev.aicore.discovery.query.live.LiveFactListener;
import dev.aicore.discovery.query.live.RecentFactBuffer;
import dev.aicore.discovery.query.live.RecentFactBuffer.FactTail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps services in memory, and moves them on with each fact that is heard live. The services that are asked for least leave. For use by
 * many threads.
 */
final class ServiceSnapshotCache implements LiveFactListener {

    private final Cache<String, CachedSnapshot> services;
    private final long maxSurplus;
    private final RecentFactBuffer recent;
    private final InstanceViewFold fold;
    private final ChangeLog log;

    /**
     * Keeps nothing yet.
     *
     * @param maxWeight of all services together, in the units of {@link SnapshotWeigher}
     * @param maxSurplus of one service that is kept as more than an outline, as {@link SnapshotWeigher#surplus} counts
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

    /** Returns a service; null if it isn't kept. */
    @Nullable
    CachedSnapshot get(String service) {
        return services.getIfPresent(service);
    }

    /** Keeps what was read of a service, unless there is something later. */
    void put(String service, CachedSnapshot read) {
        services.asMap().compute(service, (name, before) -> {
            if (before != null && read.isBehind(before)) {
                return before;
            }
            if (read.service().isOutline()) {
                log.drop(service); // an outline can't tell what a change leads to
            } else if (before == null
                    || before.service().isOutline()
                    || before.service().position() < read.service().position()) {
                log.restart(service, read.service().position());
            }
            return read;
        });
    }

    /** Returns what was read of a service with the facts that came after it; empty if it can't be known, or is too large by now. */
    Optional<CachedSnapshot> withRecent(String service, CachedSnapshot read) {
        return recent.behind(service, read.service().position())
                .flatMap(factTail ->
                        changes(read.service(), factTail).map(changes -> after(read, changes, factTail.upTo())))
                .filter(moved -> !isTooLarge(moved));
    }

    @Override
    public void changed(String service) {
        services.asMap().computeIfPresent(service, (name, before) -> moved(name, before));
    }

    private @Nullable CachedSnapshot moved(String service, CachedSnapshot before) {
        var tail = recent.behind(service, before.service().position());
        var changes = tail.flatMap(behind -> changes(before.service(), behind));
        var after = tail.flatMap(behind -> changes.map(known -> after(before, known, behind.upTo())));
        if (after.isEmpty() || isTooLarge(after.get())) {
            log.drop(service);
            return null;
        }
        log.add(service, changes.orElseThrow());
        return after.get();
    }

    /** The next read of it finds out that it is, and brings an outline. */
    private boolean isTooLarge(CachedSnapshot moved) {
        return !moved.service().isOutline() && moved.service().surplus() > maxSurplus;
    }

    private static CachedSnapshot after(CachedSnapshot before, List<InstanceChangeView> changes, long upTo) {
        return new CachedSnapshot(
                before.service().after(changes, Math.max(upTo, before.service().position())), before.nanos());
    }

    /** Empty if one of the facts can't be folded into what is there. */
    private Optional<List<InstanceChangeView>> changes(ServiceSnapshot before, FactTail factTail) {
        var changes = new ArrayList<InstanceChangeView>();
        Map<String, Optional<InstanceView>> now = new HashMap<>();
        for (var fact : factTail.facts()) {
            var id = fact.fact().id();
            var instance = now.getOrDefault(id, Optional.ofNullable(before.instance(id)))
                    .orElse(null);
            if (instance != null && instance.position() >= fact.position()) {
                continue; // a row may be further than the position that it was read at
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
}
