package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import dev.aicore.discovery.command.shard.ReplayTrack.Deciders;
import java.util.List;

/**
 * Decides the recorded events of a shard again: what was given from outside is carried out on the track of the
 * decisions, and what was decided only has its time from the recording. All times are epoch milliseconds.
 */
final class ReplayDecider {

    private static final EventMetadata BY_REPLAY = EventMetadata.ofRegistry("replay");
    private static final Outcome NO_OUTCOME = new Outcome.Checkpointed(0);

    private final ReplaySettings settings;
    private final ShardState recorded;
    private final ReplayTrack decided;

    /** @param recorded state of the shard by the recorded events */
    ReplayDecider(ReplaySettings settings, ShardState recorded, ReplayTrack decided) {
        this.settings = settings;
        this.recorded = recorded;
        this.decided = decided;
    }

    /** Folds a recorded event as it is, without a decision. */
    void fold(RegistryEvent event) {
        decided.evolve(
                switch (event) {
                    case InstanceRegistered registered ->
                        adapted(registered, registered.slot(), registered.generation());
                    case InstanceUpdated updated -> adapted(updated, updated.version());
                    default -> event;
                });
    }

    /** Folds an observation as it is, without a decision. */
    void fold(Observation observation, long decidedAt) {
        var same = decided.state.find(observation.instance().id);
        if (same != null) {
            decided.observe(of(same, observation), decidedAt);
        }
    }

    /** Decides an observation of an instance of the recording. */
    void decide(Observation observation, long decidedAt) {
        var deciders = decided.at(decidedAt);
        var original = observation.instance();
        switch (observation.kind()) {
            case RENEWED, REPORTED_HEALTHY, REPORTED_UNHEALTHY ->
                renew(deciders, original, observation.kind(), observation.observedAt());
            case CHECK_PASSED_RENEWING, CHECK_PASSED, CHECK_FAILED -> {
                boolean hasReason = observation.kind().arguments() > 1;
                decided.carryOut(
                        deciders,
                        deciders.renewals()
                                .decide(new RecordCheck(
                                        original.id,
                                        observation.kind(),
                                        hasReason ? observation.first() : 0,
                                        hasReason ? observation.second() : observation.first(),
                                        observation.observedAt(),
                                        BY_REPLAY)));
            }
            case OUTCOMES_REPORTED_BY -> {
                var instance = decided.state.find(original.id);
                if (instance != null) {
                    decided.carryOut(deciders, deciders.breakers().decide(of(instance, observation), BY_REPLAY));
                }
            }
            case OUTCOMES_REPORTED, CONNECTIONS_REPORTED, LIST_REPORTED -> {}
        }
    }

    /** Decides a recorded event, which the recorded state already contains. */
    void decide(RegistryEvent event, long now) {
        var deciders = decided.at(now);
        switch (event) {
            case InstanceRegistered registered -> register(deciders, registered);
            case InstanceUpdated updated -> update(deciders, updated);
            case InstanceRevived revived -> renew(deciders, recorded.get(revived.id()), ObservationKind.RENEWED, now);
            case InstanceDeregistered deregistered -> recordIfPresent(deciders, deregistered);
            case MonitoringSwitched switched -> recordIfPresent(deciders, switched);
            case InstanceAdopted adopted -> recordIfPresent(deciders, adopted);
            case LeaseOverdue overdue -> expireIfDue(overdue.id(), now);
            case LeaseExpired expired -> expireIfDue(expired.id(), now);
            case InstanceRemoved removed -> expireIfDue(removed.id(), now);
            case CircuitChanged changed -> expireIfDue(changed.id(), now);
            case HealthChanged _, SelfPreservationEntered _, SelfPreservationExited _ -> {}
            default -> decided.evolve(event);
        }
    }

    /** Decides what is due of an instance: its lease, its removal and its circuit breaker. */
    void expireIfDue(String id, long now) {
        if (decided.state.find(id) != null) {
            var deciders = decided.at(now);
            decided.carryOut(deciders, deciders.expiries().decide(new ExpireLeases(List.of(id), now)));
        }
    }

    /**
     * Renews an instance. If it is already forgotten, its heartbeat would have been refused, and its owner would have
     * registered it again.
     */
    private void renew(Deciders deciders, Instance original, ObservationKind kind, long observedAt) {
        boolean known = decided.state.find(original.id) != null
                || decided.state.revivable(original.id, deciders.context().now()) != null;
        if (!known) {
            create(deciders, registration(deciders, original));
        }
        decided.carryOut(
                deciders, deciders.renewals().decide(new RenewLease(original.id, kind, observedAt, BY_REPLAY)));
    }

    private static InstanceRegistered registration(Deciders deciders, Instance original) {
        var declaration = StoredDeclaration.read(original.declaration);
        var check = declaration.healthCheck();
        var composite = CompositeCheck.of(check);
        var alone = check != null && check.checksActively() ? HealthState.STARTING : HealthState.HEALTHY;
        return new InstanceRegistered(
                original.id,
                0,
                0,
                original.owner,
                declaration,
                composite == null ? alone : composite.health(),
                deciders.context().instant(),
                BY_REPLAY);
    }

    private void recordIfPresent(Deciders deciders, InstanceFact fact) {
        if (decided.state.find(fact.id()) != null) {
            decided.record(deciders, fact);
        }
    }

    private void register(Deciders deciders, InstanceRegistered registered) {
        var present = decided.state.find(registered.id());
        var known = present == null
                ? decided.state.revivable(registered.id(), deciders.context().now())
                : present;
        if (known == null) {
            create(deciders, registered);
            return;
        }
        if (present == null || present.isSilent()) {
            decided.record(deciders, deciders.renewals().revived(known, "It registered again.", BY_REPLAY));
        }
        declare(
                deciders,
                known,
                new InstanceUpdated(
                        known.id,
                        0,
                        registered.declaration(),
                        known.adminState,
                        DeclarationDiff.changedFields(
                                StoredDeclaration.read(known.declaration), settings.adapt(registered.declaration())),
                        registered.registeredAt(),
                        registered.envelope()));
    }

    private void create(Deciders deciders, InstanceRegistered registered) {
        decided.record(deciders, adapted(registered, decided.state.slots.nextVacant(), decided.state.generation));
    }

    private void update(Deciders deciders, InstanceUpdated updated) {
        var instance = decided.state.find(updated.id());
        if (instance != null) {
            declare(deciders, instance, updated);
        }
    }

    private void declare(Deciders deciders, Instance instance, InstanceUpdated updated) {
        var declared = adapted(updated, instance.version + 1);
        decided.carryOut(
                deciders,
                deciders.health()
                        .declare(
                                List.of(declared),
                                instance,
                                StoredDeclaration.read(instance.declaration),
                                declared.declaration(),
                                updated.envelope(),
                                () -> NO_OUTCOME));
    }

    private InstanceRegistered adapted(InstanceRegistered registered, int slot, int generation) {
        return new InstanceRegistered(
                registered.id(),
                slot,
                generation,
                registered.owner(),
                settings.adapt(registered.declaration()),
                registered.initialHealth(),
                registered.registeredAt(),
                registered.envelope());
    }

    private InstanceUpdated adapted(InstanceUpdated updated, int version) {
        return new InstanceUpdated(
                updated.id(),
                version,
                settings.adapt(updated.declaration()),
                updated.declared(),
                updated.changed(),
                updated.updatedAt(),
                updated.envelope());
    }

    private static Observation of(Instance instance, Observation observation) {
        return new Observation(
                instance, observation.kind(), observation.observedAt(), observation.first(), observation.second());
    }
}
