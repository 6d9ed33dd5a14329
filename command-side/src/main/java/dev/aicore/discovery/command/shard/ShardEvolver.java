package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.command.shard.TombstoneIndex.Tombstone;
import dev.aicore.discovery.command.shard.policy.CallWindow;
import java.util.Objects;

/**
 * Evolves the state of a shard by its events. An event contains everything that was decided, so that a replay needs
 * neither settings nor a clock.
 */
final class ShardEvolver {

    private final ShardState state;
    private final Quarantine quarantine;

    ShardEvolver(ShardState state) {
        this.state = state;
        this.quarantine = new Quarantine(state);
    }

    /** Folds an event into the state. Events that only concern others, such as the read models, change nothing. */
    void evolve(RegistryEvent event) {
        switch (event) {
            case ObservationsRecorded recorded -> recorded.forEach(this::observe);
            case InstanceFact fact -> evolve(fact);
            case SelfPreservationEntered entered -> state.service(entered.service()).selfPreserving = true;
            case SelfPreservationExited exited -> {
                state.service(exited.service()).selfPreserving = false;
                state.removeIfEmpty(exited.service());
            }
            case LeasesExtended extended -> evolve(extended);
            case ShardCheckpointed checkpointed -> evolve(checkpointed);
            case EventQuarantined quarantined -> quarantine.apply(quarantined);
            default -> {}
        }
    }

    private void evolve(InstanceFact fact) {
        if (!quarantine.admits(fact)) {
            return;
        }
        switch (fact) {
            case InstanceRegistered registered -> {
                state.tombstones.evictStale(registered.registeredAt().toEpochMilli());
                state.tombstones.remove(registered.id());
                var instance = new Instance(
                        registered.id(),
                        registered.service().intern(),
                        registered.owner().intern(),
                        registered.registeredAt().toEpochMilli(),
                        StoredDeclaration.of(registered.declaration()),
                        registered.initialHealth());
                state.addInstance(instance, registered.slot());
            }
            case InstanceUpdated updated -> {
                var instance = state.get(updated.id());
                long at = updated.updatedAt().toEpochMilli();
                if (isCheckReplaced(instance, updated)) {
                    instance.streaks = instance.streaks.withoutChecks();
                }
                state.usage.release(instance);
                instance.declare(updated.version(), StoredDeclaration.of(updated.declaration()), updated.declared());
                state.usage.addInstance(instance);
                instance.changedAt = at;
                if (!instance.isSilent() && !updated.envelope().causedByRegistry()) {
                    instance.renew(at);
                }
            }
            case InstanceDeregistered deregistered -> {
                var instance = state.removeInstance(deregistered.id());
                long at = deregistered.deregisteredAt().toEpochMilli();
                state.tombstones.add(
                        instance.id, new Tombstone(null, at + ShardState.DEREGISTERED_RETENTION_MILLIS), at);
            }
            case LeaseOverdue overdue -> {
                var instance = state.get(overdue.id());
                setOverdue(instance, true);
                instance.changedAt = overdue.overdueAt().toEpochMilli();
            }
            case LeaseExpired expired -> {
                var instance = state.get(expired.id());
                setOverdue(instance, false);
                state.service(instance.service).expired(expired.expiredAt().toEpochMilli(), expired.ttl());
                instance.removeAt = expired.removeAt().toEpochMilli();
                instance.changedAt = expired.expiredAt().toEpochMilli();
            }
            case InstanceRemoved removed -> {
                var instance = state.removeInstance(removed.id());
                state.tombstones.add(
                        instance.id,
                        new Tombstone(instance, removed.revivableUntil().toEpochMilli()),
                        removed.removedAt().toEpochMilli());
            }
            case InstanceRevived revived -> revive(revived);
            case HealthChanged changed -> {
                var instance = state.get(changed.id());
                instance.changedAt = changed.changedAt().toEpochMilli();
                instance.changeHealth(changed.to(), changed.passesNeeded(), instance.changedAt);
            }
            case CircuitChanged changed -> changeCircuit(changed);
            case MonitoringSwitched switched -> {
                var instance = state.get(switched.id());
                instance.monitored = switched.monitored();
                instance.streaks = instance.streaks.withoutChecks();
                instance.changedAt = switched.switchedAt().toEpochMilli();
                instance.healthAt = instance.changedAt;
            }
            case InstanceAdopted adopted -> {
                var instance = state.get(adopted.id());
                state.usage.release(instance);
                state.usage.count(instance.owner, -1);
                instance.owner = adopted.owner().intern();
                state.usage.count(instance.owner, 1);
                state.usage.addInstance(instance);
                instance.changedAt = adopted.adoptedAt().toEpochMilli();
            }
        }
    }

    /**
     * Restarts all leases. Sets renewals after the extension back to its time: the clock of this writer may be behind
     * that of its predecessor, and a renewal in the future would prolong the lease by the difference.
     */
    private void evolve(LeasesExtended extended) {
        state.extensionFrom = extended.from().toEpochMilli();
        state.instances
                .values()
                .forEach(instance -> instance.renewedAt = Math.min(instance.renewedAt, state.extensionFrom));
    }

    private void evolve(ShardCheckpointed checkpointed) {
        var contents = checkpointed.contents();
        if (contents.chunk() == contents.chunks() - 1) {
            state.generation = contents.generation();
            state.observationsSinceCheckpoint = 0;
            state.slots.checkpointed();
        }
    }

    private void observe(int slot, ObservationKind kind, long observedAt, long decidedAt, int first, int second) {
        state.observationsSinceCheckpoint++;
        if (!quarantine.admits(slot)) {
            return;
        }
        var instance = state.slots.at(slot);
        if (kind.renews()) {
            instance.renew(decidedAt);
        }
        if (kind == ObservationKind.RENEWED) {
            instance.recordPassingHeartbeat();
        }
        if (kind.isResult()) {
            instance.streaks = instance.streaks.and(kind);
            instance.recentCheckResults = instance.recentCheckResults.and(kind, observedAt, first, second);
        }
        if (kind.isCall() && instance.breakerState != BreakerState.OPEN) {
            instance.callWindow = instance.callWindow.and(kind, first, second);
        }
    }

    private void changeCircuit(CircuitChanged changed) {
        var instance = state.get(changed.id());
        var service = state.service(instance.service);
        service.count(instance, -1);
        instance.breakerState = changed.to();
        service.count(instance, 1);
        instance.callWindow = CallWindow.NONE;
        instance.retryAt = changed.retryAt() == null ? 0 : changed.retryAt().toEpochMilli();
        instance.changedAt = changed.changedAt().toEpochMilli();
    }

    private static boolean isCheckReplaced(Instance instance, InstanceUpdated updated) {
        if (!updated.changed().contains(DeclarationDiff.HEALTH_CHECK)) {
            return false;
        }
        var before = StoredDeclaration.read(instance.declaration).healthCheck();
        var after = updated.declaration().healthCheck();
        return before != null && (after == null || !after.checkType().equals(before.checkType()));
    }

    private void setOverdue(Instance instance, boolean overdue) {
        var service = state.service(instance.service);
        service.count(instance, -1);
        instance.overdue = overdue;
        service.count(instance, 1);
    }

    private void revive(InstanceRevived revived) {
        var instance = state.instances.get(revived.id());
        if (instance == null) {
            var tombstone = Objects.requireNonNull(state.tombstones.remove(revived.id()), revived.id());
            instance = Objects.requireNonNull(tombstone.instance(), revived.id());
            state.addInstance(instance, revived.slot());
        }
        instance.removeAt = 0;
        setOverdue(instance, false);
        instance.changedAt = revived.revivedAt().toEpochMilli();
        instance.healthAt = instance.changedAt;
        instance.recordPassingHeartbeat();
        instance.renew(instance.changedAt);
    }
}
