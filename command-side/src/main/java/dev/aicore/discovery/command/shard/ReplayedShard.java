package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import dev.aicore.discovery.config.settings.DecisionSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shard whose recorded observations are decided again under other settings, with the deciders of the registry. One
 * track folds the events as they were recorded, the other one decides. Until the comparison begins, both fold.
 * Declarations, deregistrations and lease extensions were given from outside, so both tracks have them; health, leases
 * and circuit breakers are decided. Reads no clock. Not thread-safe.
 *
 * <p>A lease that is due at the same time on both tracks is decided when the recording decided it, because the time
 * between a deadline and its decision depends on the process. Any other lease is decided at the next tick.
 */
public final class ReplayedShard {

    /** Time after which a deadline that both tracks share is decided although the recording decided nothing. */
    private static final long MAX_DECISION_DELAY_MILLIS = 60_000;

    private static final long RETRY_MILLIS = 1_000;

    private final ReplayTrack recorded;
    private final ReplayTrack decided;
    private final ReplayDecider decider;
    private final ReplayInstanceReader recordedReader;
    private final ReplayInstanceReader decidedReader;
    private final ReplayListener listener;
    private final ReplayDeadlines deadlines = new ReplayDeadlines();
    private final long decideFrom;
    private boolean deciding;
    private long time;

    /**
     * Creates a shard without instances.
     *
     * @param name name of the shard
     * @param own settings under which the events were recorded
     * @param changed settings of the decisions
     * @param from start of the recording
     * @param decideFrom time from which events are decided; earlier ones only set the state
     */
    public ReplayedShard(
            String name,
            DecisionSettings own,
            DecisionSettings changed,
            Instant from,
            Instant decideFrom,
            ReplayListener listener) {
        this.listener = listener;
        this.time = from.toEpochMilli();
        this.decideFrom = decideFrom.toEpochMilli();
        var settings = new ReplaySettings(own, changed);
        var ownPolicies = ReplaySettings.policies(own);
        this.recorded = new ReplayTrack(name, ownPolicies, event -> notify(ReplaySide.RECORDED, event));
        this.decided = new ReplayTrack(name, settings.policies(), event -> notify(ReplaySide.DECIDED, event));
        this.decider = new ReplayDecider(settings, recorded.state, decided);
        this.recordedReader = new ReplayInstanceReader(ownPolicies, declaration -> declaration, time);
        this.decidedReader = new ReplayInstanceReader(settings.policies(), settings::adapt, time);
    }

    /** Side of a replay. */
    public enum ReplaySide {
        RECORDED,
        DECIDED
    }

    /** Receives what happens on both sides, in the order of time. */
    public interface ReplayListener {

        /** Called after an instance may have changed. */
        void changed(ReplaySide side, Instant at, String service, String id);

        /** Called after a decision about health, a lease or a circuit breaker. */
        void decided(ReplaySide side, Instant at, RegistryEvent decision);

        /** Called for each number of connections that an instance reported. */
        void connections(Instant at, String service, String id, int connections);
    }

    /**
     * Instance as one side has it.
     *
     * @param weight weight of its declaration
     * @param zone zone of its declaration, may be empty
     */
    public record ReplayedInstance(InstanceState state, int weight, String zone) {}

    /** Adds an instance as it was at the start: a row of the read model. */
    public void add(JsonNode row) {
        recordedReader.read(row, recorded.state);
        decidedReader.read(row, decided.state);
    }

    /** Returns an instance; null if the side doesn't have it. */
    public @Nullable ReplayedInstance find(ReplaySide side, String id) {
        var instance = track(side).state.find(id);
        if (instance == null) {
            return null;
        }
        var declaration = StoredDeclaration.read(instance.declaration);
        return new ReplayedInstance(instance.state(), declaration.weight(), declaration.zone());
    }

    /** Replays the next recorded event. */
    public void replay(RegistryEvent event) {
        if (event instanceof ObservationsRecorded observations) {
            observations.forEach(this::observe);
            return;
        }
        advance(Math.max(time, timeOf(event)));
        recorded.evolve(event);
        if (!deciding) {
            decider.fold(event);
            return;
        }
        decider.decide(event, time);
        if (event instanceof LeasesExtended) {
            scheduleAll();
        } else if (event instanceof InstanceFact fact) {
            schedule(fact.id());
        }
    }

    /** Decides everything that is due until the end of the recording. */
    public void end(Instant at) {
        advance(Math.max(time, at.toEpochMilli()));
    }

    private void observe(int slot, ObservationKind kind, long observedAt, long decidedAt, int first, int second) {
        advance(Math.max(time, decidedAt));
        var instance = recorded.state.slots.at(slot);
        var observation = new Observation(instance, kind, observedAt, first, second);
        recorded.observe(observation, decidedAt);
        if (kind == ObservationKind.CONNECTIONS_REPORTED) {
            listener.connections(Instant.ofEpochMilli(time), instance.service, instance.id, first);
        }
        if (deciding) {
            decider.decide(observation, decidedAt);
            schedule(instance.id);
        } else {
            decider.fold(observation, decidedAt);
        }
    }

    /** Decides leases and open circuit breakers that are due before a time. */
    private void advance(long until) {
        if (!deciding && until >= decideFrom) {
            deciding = true;
            time = Math.max(time, decideFrom);
            scheduleAll();
        }
        while (deciding && deadlines.isBefore(until)) {
            long now = deadlines.time();
            var id = deadlines.remove();
            long due = decided.lease(id, now).dueAt();
            if (due > now) {
                deadlines.file(id, due);
            } else if (isSharedDeadline(id, due, now)) {
                deadlines.fileAt(id, now + RETRY_MILLIS);
            } else {
                time = Math.max(time, now);
                decider.expireIfDue(id, now);
                schedule(id);
            }
        }
        time = until;
    }

    /** Returns true if the recording has the same deadline, so that it also has the time of the decision. */
    private boolean isSharedDeadline(String id, long due, long now) {
        return now < due + MAX_DECISION_DELAY_MILLIS
                && recorded.state.find(id) != null
                && recorded.lease(id, now).dueAt() == due;
    }

    private void scheduleAll() {
        List.copyOf(decided.state.instances.keySet()).forEach(this::schedule);
    }

    private void schedule(String id) {
        var lease = decided.lease(id, time);
        boolean present =
                lease.phase() == Phase.LIVE || lease.phase() == Phase.OVERDUE || lease.phase() == Phase.EXPIRED;
        if (!present) {
            deadlines.forget(id);
        } else if (lease.dueAt() <= time) {
            deadlines.fileAt(id, time + RETRY_MILLIS);
        } else {
            deadlines.file(id, lease.dueAt());
        }
    }

    private void notify(ReplaySide side, RegistryEvent event) {
        var at = Instant.ofEpochMilli(time);
        if (event instanceof InstanceFact fact) {
            listener.changed(side, at, fact.service(), fact.id());
        }
        if (deciding && isDecision(event)) {
            listener.decided(side, at, event);
        }
    }

    private ReplayTrack track(ReplaySide side) {
        return side == ReplaySide.RECORDED ? recorded : decided;
    }

    private static boolean isDecision(RegistryEvent event) {
        return switch (event) {
            case HealthChanged _,
                    CircuitChanged _,
                    LeaseOverdue _,
                    LeaseExpired _,
                    InstanceRemoved _,
                    InstanceRevived _,
                    SelfPreservationEntered _,
                    SelfPreservationExited _ -> true;
            default -> false;
        };
    }

    /** Returns the time of an event in epoch milliseconds; 0 if it has none. */
    private static long timeOf(RegistryEvent event) {
        var at = switch (event) {
            case InstanceRegistered registered -> registered.registeredAt();
            case InstanceUpdated updated -> updated.updatedAt();
            case InstanceDeregistered deregistered -> deregistered.deregisteredAt();
            case LeaseOverdue overdue -> overdue.overdueAt();
            case LeaseExpired expired -> expired.expiredAt();
            case InstanceRemoved removed -> removed.removedAt();
            case InstanceRevived revived -> revived.revivedAt();
            case HealthChanged changed -> changed.changedAt();
            case CircuitChanged changed -> changed.changedAt();
            case MonitoringSwitched switched -> switched.switchedAt();
            case InstanceAdopted adopted -> adopted.adoptedAt();
            case LeasesExtended extended -> extended.from();
            case SelfPreservationEntered entered -> entered.enteredAt();
            case SelfPreservationExited exited -> exited.leftAt();
            default -> Instant.EPOCH;
        };
        return at.toEpochMilli();
    }
}
