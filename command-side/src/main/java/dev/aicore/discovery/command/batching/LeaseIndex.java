package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Index of all known ids: the shard of each, and the time of the next check of its lease. It follows the outcomes of
 * the shards, is rebuilt from them at each start, and decides nothing.
 */
final class LeaseIndex {

    /** Time after which a reserved id is checked, if its shard has not answered the registration by then. */
    private static final long RESERVATION_TIMEOUT_MILLIS = 60_000;

    private final ConcurrentHashMap<String, TrackedLease> byId = new ConcurrentHashMap<>();
    private final int maxSize;
    private final LeaseClock clock;
    private final List<ExpiryWheel> wheels = new ArrayList<>();
    private final List<RemovedLeaseCache> removedLeases = new ArrayList<>();
    private final List<ListeningRecorder> listening = new ArrayList<>();

    /**
     * Creates an empty index.
     *
     * @param maxSize maximum number of ids, not counting removed instances; a further registration is refused with
     *     {@code overloaded}
     */
    LeaseIndex(int shards, int maxSize, LeaseClock clock) {
        this.maxSize = maxSize;
        this.clock = clock;
        for (int i = 0; i < shards; i++) {
            wheels.add(new ExpiryWheel(clock.millis()));
            removedLeases.add(new RemovedLeaseCache());
            listening.add(new ListeningRecorder());
        }
    }

    /** Returns the number of ids, including those of removed instances. */
    int size() {
        return byId.size();
    }

    /** Returns the recorder of the times in which a shard's instances could reach the registry. */
    ListeningRecorder listening(int shard) {
        return listening.get(shard);
    }

    /** Returns the entry of an id; null if no shard is known to have the id. */
    @Nullable
    TrackedLease find(String id) {
        return byId.get(id);
    }

    /**
     * Reserves an id for a shard that is about to register it, because ids are unique over all shards. Each call must
     * be followed by one call of {@link #release}.
     *
     * @throws RegistryException {@code name_immutable} if a shard of another service has the id, {@code overloaded} if
     *     the index is full
     */
    void reserve(String id, int shard) {
        var known = byId.get(id);
        if (known == null || known.isRemoved()) {
            requireCapacity();
        }
        byId.compute(id, (_, current) -> {
            var lease = current != null && current.shard == shard ? current : createReservation(id, current, shard);
            lease.pending++;
            return lease;
        });
    }

    void update(int shard, Outcome outcome) {
        switch (outcome) {
            case Outcome.Renewed renewed -> update(shard, renewed.lease());
            case Outcome.Batch batch -> batch.outcomes().forEach(one -> update(shard, one));
            case Outcome.Restored restored -> restored.done().forEach(one -> update(shard, one));
            case Outcome.Stored stored -> update(shard, stored.lease());
            case Outcome.Deregistered deregistered -> update(shard, deregistered.lease());
            case Outcome.Leases leases -> leases.leases().forEach(lease -> update(shard, lease));
            case Outcome.Circuit circuit -> update(shard, circuit.lease());
            case Outcome.Reset _,
                    Outcome.Dropped _,
                    Outcome.Monitored _,
                    Outcome.MonitoredInstances _,
                    Outcome.Checkpointed _,
                    Outcome.Configured _,
                    Outcome.Refused _ -> {}
        }
    }

    /**
     * Returns the due leases of a shard. Each must be passed to {@link #update} or {@link #scheduleCheck} afterwards.
     */
    List<TrackedLease> due(int shard, long now) {
        return wheels.get(shard).due(now);
    }

    /**
     * Releases an id after its registration was answered. If the shard does not have the id by then, the id is
     * forgotten at the next check.
     */
    void release(int shard, String id) {
        var trackedLease = byId.computeIfPresent(id, (_, known) -> {
            if (known.shard == shard && known.pending > 0) {
                known.pending--;
            }
            return known;
        });
        if (trackedLease != null && trackedLease.shard == shard && trackedLease.phase == Phase.FORGOTTEN) {
            trackedLease.dueAt = clock.millis();
            wheels.get(shard).fileIfEarlier(trackedLease);
        }
    }

    void scheduleCheck(TrackedLease trackedLease, long at) {
        trackedLease.dueAt = at;
        wheels.get(trackedLease.shard).file(trackedLease);
    }

    private void requireCapacity() {
        long removed = removedLeases.stream().mapToLong(RemovedLeaseCache::size).sum();
        if (byId.mappingCount() - removed >= maxSize) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    "The registry has " + maxSize + " instances, which is the maximum.",
                    Duration.ofSeconds(30));
        }
    }

    /**
     * Refuses an id of another shard that its owner may still revive, or for which a registration is pending; otherwise
     * reserves it.
     */
    private TrackedLease createReservation(String id, @Nullable TrackedLease current, int shard) {
        if (current != null) {
            if (current.phase != Phase.DEREGISTERED || current.pending > 0) {
                var refused = Outcome.Refused.ofAnotherService(id);
                throw new RegistryException(refused.code(), refused.detail(), refused.errors(), null);
            }
            removedLeases.get(current.shard).remove(current);
        }
        var lease = new TrackedLease(id, shard, Phase.FORGOTTEN, clock.millis() + RESERVATION_TIMEOUT_MILLIS);
        wheels.get(shard).file(lease);
        return lease;
    }

    /**
     * Returns true if the known entry stays, false if the lease of another shard replaces it. A removed entry without
     * pending registrations is replaced by a lease in an earlier phase, so that the order in which the two shards
     * answer does not matter.
     */
    private static boolean isRetained(TrackedLease known, int shard, Lease lease) {
        return known.shard == shard
                || known.pending > 0
                || !known.isRemoved()
                || lease.phase().compareTo(known.phase) >= 0;
    }

    private void update(int shard, Lease lease) {
        if (lease.phase() == Phase.FORGOTTEN) {
            forget(shard, lease.id());
            return;
        }
        var trackedLease = byId.get(lease.id());
        if (trackedLease == null || trackedLease.shard != shard) {
            trackedLease = track(shard, lease);
        }
        if (trackedLease.shard != shard) {
            return;
        }
        boolean wasRemoved = trackedLease.isRemoved();
        trackedLease.phase = lease.phase();
        trackedLease.dueAt = lease.dueAt();
        wheels.get(shard).fileIfEarlier(trackedLease);
        if (trackedLease.isRemoved()) {
            retainRemoved(trackedLease);
        } else if (wasRemoved) {
            removedLeases.get(shard).remove(trackedLease);
        }
    }

    private TrackedLease track(int shard, Lease lease) {
        var trackedLease = new TrackedLease(lease.id(), shard, lease.phase(), lease.dueAt());
        return byId.compute(lease.id(), (_, known) -> {
            if (known == null) {
                return trackedLease;
            }
            if (isRetained(known, shard, lease)) {
                return known;
            }
            removedLeases.get(known.shard).remove(known);
            return trackedLease;
        });
    }

    private void forget(int shard, String id) {
        var trackedLease = byId.get(id);
        if (trackedLease != null && trackedLease.shard == shard) {
            forget(trackedLease);
        }
    }

    /** Forgets a lease. Its id stays reserved while a registration is pending. */
    private void forget(TrackedLease trackedLease) {
        var left = byId.computeIfPresent(
                trackedLease.id, (_, known) -> known == trackedLease && known.pending == 0 ? null : known);
        removedLeases.get(trackedLease.shard).remove(trackedLease);
        if (left == trackedLease) {
            trackedLease.phase = Phase.FORGOTTEN;
        }
        scheduleCheck(
                trackedLease, left == trackedLease ? clock.millis() + RESERVATION_TIMEOUT_MILLIS : Long.MAX_VALUE);
    }

    private void retainRemoved(TrackedLease trackedLease) {
        var oldest = removedLeases.get(trackedLease.shard).add(trackedLease);
        if (oldest != null) {
            forget(oldest);
        }
        if (byId.get(trackedLease.id) != trackedLease) {
            // Another service has taken the id in the meantime.
            removedLeases.get(trackedLease.shard).remove(trackedLease);
        }
    }
}
