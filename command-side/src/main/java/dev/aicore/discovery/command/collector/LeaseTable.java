package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which shard an id is in, and when each lease is to be looked at. It follows what the shards have answered, is rebuilt from
 * them at every start, and decides nothing.
 */
final class LeaseTable {

    /** A shard that was asked to register an id has answered by then, or is asked what became of it. */
    private static final long ANSWERED_WITHIN_MILLIS = 60_000;

    private final ConcurrentHashMap<String, Tracked> byId = new ConcurrentHashMap<>();
    private final int most;
    private final LeaseClock clock;
    private final List<ExpiryWheel> wheels = new ArrayList<>();
    private final List<Departed> departed = new ArrayList<>();
    private final List<ListeningLog> listening = new ArrayList<>();

    /**
     * Makes an empty one.
     *
     * @param most how many ids that aren't gone it holds; registering one more is refused with {@code overloaded}
     */
    LeaseTable(int shards, int most, LeaseClock clock) {
        this.most = most;
        this.clock = clock;
        for (int i = 0; i < shards; i++) {
            wheels.add(new ExpiryWheel(clock.millis()));
            departed.add(new Departed());
            listening.add(new ListeningLog());
        }
    }

    /** How many ids it holds, those that are gone among them. */
    int size() {
        return byId.size();
    }

    /** When the instances of a shard could be heard. */
    ListeningLog listening(int shard) {
        return listening.get(shard);
    }

    /** Where it is; null if no shard knows it. */
    @Nullable
    Tracked find(String id) {
        return byId.get(id);
    }

    /**
     * Holds an id for a shard that is about to be asked to register it: ids are unique over all shards. To be {@link #release
     * released} once for each time that it was held.
     *
     * @throws RegistryException {@code name_immutable} if it is one of another shard, so of another service
     */
    void hold(String id, int shard) {
        var known = byId.get(id);
        if (known == null || known.isGone()) {
            requireRoom();
        }
        byId.compute(id, (_, current) -> {
            var held = current != null && current.shard == shard ? current : heldAnew(id, current, shard);
            held.pending++;
            return held;
        });
    }

    void note(int shard, Outcome outcome) {
        switch (outcome) {
            case Outcome.Renewed renewed -> note(shard, renewed.lease());
            case Outcome.Each each -> each.outcomes().forEach(one -> note(shard, one));
            case Outcome.Restored restored -> restored.done().forEach(one -> note(shard, one));
            case Outcome.Held held -> note(shard, held.lease());
            case Outcome.Deregistered gone -> note(shard, gone.lease());
            case Outcome.Leases leases -> leases.leases().forEach(lease -> note(shard, lease));
            case Outcome.Circuit circuit -> note(shard, circuit.lease());
            case Outcome.Reset _,
                    Outcome.Dropped _,
                    Outcome.Monitored _,
                    Outcome.Checked _,
                    Outcome.Checkpointed _,
                    Outcome.Configured _,
                    Outcome.Refused _ -> {}
        }
    }

    /** Those of a shard that are due; each must be {@link #note noted} or {@link #lookAgain looked at again}. */
    List<Tracked> due(int shard, long now) {
        return wheels.get(shard).due(now);
    }

    /** A registration that an id was held for is answered. If the shard doesn't have it by now, it is forgotten at the next look. */
    void release(int shard, String id) {
        var tracked = byId.computeIfPresent(id, (_, known) -> {
            if (known.shard == shard && known.pending > 0) {
                known.pending--;
            }
            return known;
        });
        if (tracked != null && tracked.shard == shard && tracked.phase == Phase.FORGOTTEN) {
            tracked.dueAt = clock.millis();
            wheels.get(shard).fileIfEarlier(tracked);
        }
    }

    void lookAgain(Tracked tracked, long at) {
        tracked.dueAt = at;
        wheels.get(tracked.shard).file(tracked);
    }

    private void requireRoom() {
        long gone = departed.stream().mapToLong(Departed::size).sum();
        if (byId.mappingCount() - gone >= most) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    "The registry holds " + most + " instances; it takes no more.",
                    Duration.ofSeconds(30));
        }
    }

    /** One that its owner may still revive, or is about to, is no other service's to take. */
    private Tracked heldAnew(String id, @Nullable Tracked elsewhere, int shard) {
        if (elsewhere != null) {
            if (elsewhere.phase != Phase.DEREGISTERED || elsewhere.pending > 0) {
                var refused = Outcome.Refused.ofAnotherService(id);
                throw new RegistryException(refused.code(), refused.detail(), refused.errors(), null);
            }
            departed.get(elsewhere.shard).remove(elsewhere);
        }
        var held = new Tracked(id, shard, Phase.FORGOTTEN, clock.millis() + ANSWERED_WITHIN_MILLIS);
        wheels.get(shard).file(held);
        return held;
    }

    /** What has gone from one shard may live in another, or be revived there, whichever of them answers first. */
    private static boolean holds(Tracked known, int shard, Lease lease) {
        return known.shard == shard
                || known.pending > 0
                || !known.isGone()
                || lease.phase().compareTo(known.phase) >= 0;
    }

    private void note(int shard, Lease lease) {
        if (lease.phase() == Phase.FORGOTTEN) {
            forget(shard, lease.id());
            return;
        }
        var tracked = byId.get(lease.id());
        if (tracked == null || tracked.shard != shard) {
            tracked = trackedIn(shard, lease);
        }
        if (tracked.shard != shard) {
            return;
        }
        boolean wasGone = tracked.isGone();
        tracked.phase = lease.phase();
        tracked.dueAt = lease.dueAt();
        wheels.get(shard).fileIfEarlier(tracked);
        if (tracked.isGone()) {
            depart(tracked);
        } else if (wasGone) {
            departed.get(shard).remove(tracked);
        }
    }

    private Tracked trackedIn(int shard, Lease lease) {
        var tracked = new Tracked(lease.id(), shard, lease.phase(), lease.dueAt());
        return byId.compute(lease.id(), (_, known) -> {
            if (known == null) {
                return tracked;
            }
            if (holds(known, shard, lease)) {
                return known;
            }
            departed.get(known.shard).remove(known);
            return tracked;
        });
    }

    private void forget(int shard, String id) {
        var tracked = byId.get(id);
        if (tracked != null && tracked.shard == shard) {
            forget(tracked);
        }
    }

    /** One that its shard is yet to register stays held. */
    private void forget(Tracked tracked) {
        var left =
                byId.computeIfPresent(tracked.id, (_, known) -> known == tracked && known.pending == 0 ? null : known);
        departed.get(tracked.shard).remove(tracked);
        if (left == tracked) {
            tracked.phase = Phase.FORGOTTEN;
        }
        lookAgain(tracked, left == tracked ? clock.millis() + ANSWERED_WITHIN_MILLIS : Long.MAX_VALUE);
    }

    private void depart(Tracked tracked) {
        var eldest = departed.get(tracked.shard).add(tracked);
        if (eldest != null) {
            forget(eldest);
        }
        if (byId.get(tracked.id) != tracked) {
            // Another service has taken it in that moment.
            departed.get(tracked.shard).remove(tracked);
        }
    }
}
