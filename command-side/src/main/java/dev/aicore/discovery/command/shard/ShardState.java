package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.CircuitChanged;
import dev.aicore.discovery.api.instance.HealthChanged;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.instance.LeaseExpired;
import dev.aicore.discovery.api.instance.LeaseOverdue;
import dev.aicore.discovery.api.instance.MonitoringSwitched;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.quarantine.EventQuarantined;
import dev.aicore.discovery.api.shard.CallReport;
import dev.aicore.discovery.api.shard.LeasesExtended;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.command.health.CallWindow;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** State of a shard as its events define it. Decides nothing and reads no clock. */
final class ShardState {

    /** Time for which a heartbeat of a deregistered instance is refused as deregistered instead of as unknown. */
    static final long DEREGISTERED_RETENTION_MILLIS = 3_600_000;

    final Map<String, Instance> instances = new HashMap<>();

    /** Usage for the quotas. */
    final ShardUsage usage = new ShardUsage();

    final TombstoneIndex tombstones = new TombstoneIndex(usage);
    final Slots slots = new Slots();
    private final Map<String, Service> services = new HashMap<>();

    long extensionFrom;
    int generation;
    long observationsSinceCheckpoint;

    private final Quarantine quarantine = new Quarantine(this);

    /** Number of the last run of pending observations. Not part of the state. */
    long runs;

    void apply(InstanceFact fact) {
        if (!quarantine.admits(fact)) {
            return;
        }
        switch (fact) {
            case InstanceRegistered registered -> {
                tombstones.evictStale(registered.registeredAt().toEpochMilli());
                tombstones.remove(registered.id());
                var instance = new Instance(
                        registered.id(),
                        registered.service().intern(),
                        registered.owner().intern(),
                        registered.registeredAt().toEpochMilli(),
                        StoredDeclaration.of(registered.declaration()),
                        registered.initialHealth());
                addInstance(instance, registered.slot());
            }
            case InstanceUpdated updated -> {
                var instance = get(updated.id());
                long at = updated.updatedAt().toEpochMilli();
                if (isCheckReplaced(instance, updated)) {
                    instance.streaks = instance.streaks.withoutChecks();
                }
                usage.release(instance);
                instance.declare(updated.version(), StoredDeclaration.of(updated.declaration()), updated.declared());
                usage.addInstance(instance);
                instance.changedAt = at;
                if (!instance.isSilent()) {
                    instance.renew(at);
                }
            }
            case InstanceDeregistered deregistered -> {
                var instance = removeInstance(deregistered.id());
                long at = deregistered.deregisteredAt().toEpochMilli();
                tombstones.add(instance.id, new Tombstone(null, at + DEREGISTERED_RETENTION_MILLIS), at);
            }
            case LeaseOverdue overdue -> {
                var instance = get(overdue.id());
                setOverdue(instance, true);
                instance.changedAt = overdue.overdueAt().toEpochMilli();
            }
            case LeaseExpired expired -> {
                var instance = get(expired.id());
                setOverdue(instance, false);
                service(instance.service).expired(expired.expiredAt().toEpochMilli(), expired.ttl());
                instance.removeAt = expired.removeAt().toEpochMilli();
                instance.changedAt = expired.expiredAt().toEpochMilli();
            }
            case InstanceRemoved removed -> {
                var instance = removeInstance(removed.id());
                tombstones.add(
                        instance.id,
                        new Tombstone(instance, removed.revivableUntil().toEpochMilli()),
                        removed.removedAt().toEpochMilli());
            }
            case InstanceRevived revived -> revive(revived);
            case HealthChanged changed -> {
                var instance = get(changed.id());
                instance.changedAt = changed.changedAt().toEpochMilli();
                instance.changeHealth(changed.to(), changed.passesNeeded(), instance.changedAt);
            }
            case CircuitChanged changed -> applyCircuitChanged(changed);
            case MonitoringSwitched switched -> {
                var instance = get(switched.id());
                instance.monitored = switched.monitored();
                instance.streaks = instance.streaks.withoutChecks();
                instance.changedAt = switched.switchedAt().toEpochMilli();
                instance.healthAt = instance.changedAt;
            }
            case InstanceAdopted adopted -> {
                var instance = get(adopted.id());
                usage.release(instance);
                usage.count(instance.owner, -1);
                instance.owner = adopted.owner().intern();
                usage.count(instance.owner, 1);
                usage.addInstance(instance);
                instance.changedAt = adopted.adoptedAt().toEpochMilli();
            }
        }
    }

    void apply(EventQuarantined event) {
        quarantine.apply(event);
    }

    void apply(ObservationsRecorded recorded) {
        recorded.forEach(this::observe);
    }

    void apply(SelfPreservationEntered entered) {
        service(entered.service()).selfPreserving = true;
    }

    void apply(SelfPreservationExited exited) {
        service(exited.service()).selfPreserving = false;
        removeIfEmpty(exited.service());
    }

    /**
     * Restarts all leases. Sets renewals after the extension back to its time: the clock of this writer may be behind
     * that of its predecessor, and a renewal in the future would prolong the lease by the difference.
     */
    void apply(LeasesExtended extended) {
        extensionFrom = extended.from().toEpochMilli();
        instances.values().forEach(instance -> instance.renewedAt = Math.min(instance.renewedAt, extensionFrom));
    }

    void apply(ShardCheckpointed checkpointed) {
        var contents = checkpointed.contents();
        if (contents.chunk() == contents.chunks() - 1) {
            generation = contents.generation();
            observationsSinceCheckpoint = 0;
            slots.checkpointed();
        }
    }

    @Nullable
    Instance find(String id) {
        return instances.get(id);
    }

    void addInstance(Instance instance, int slot) {
        slots.occupy(slot, instance);
        instances.put(instance.id, instance);
        serviceOrNew(instance.service).count(instance, 1);
        usage.count(instance.owner, 1);
        usage.addInstance(instance);
    }

    /** Returns the state of a service; an empty state if the service is unknown. */
    Service service(String name) {
        return services.getOrDefault(name, new Service());
    }

    /** Returns the state of a service, and creates it if the service is unknown. */
    Service serviceOrNew(String name) {
        return services.computeIfAbsent(name, first -> new Service());
    }

    Map<String, Service> services() {
        return services;
    }

    private void observe(int slot, ObservationKind kind, long observedAt, long decidedAt, int first, int second) {
        observationsSinceCheckpoint++;
        if (!quarantine.admits(slot)) {
            return;
        }
        var instance = slots.at(slot);
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
            instance.callWindow = and(instance.callWindow, kind, first, second);
        }
    }

    /** Returns the window with the calls of an observation. */
    static CallWindow and(CallWindow callWindow, ObservationKind kind, int first, int second) {
        return kind == ObservationKind.OUTCOMES_REPORTED_BY
                ? callWindow.reported(CallReport.of(first), second)
                : callWindow.checked(kind.passed(), kind.arguments() > 1 ? second : first);
    }

    private void applyCircuitChanged(CircuitChanged changed) {
        var instance = get(changed.id());
        var service = service(instance.service);
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
        var service = service(instance.service);
        service.count(instance, -1);
        instance.overdue = overdue;
        service.count(instance, 1);
    }

    private void revive(InstanceRevived revived) {
        var instance = instances.get(revived.id());
        if (instance == null) {
            var tombstone = Objects.requireNonNull(tombstones.remove(revived.id()), revived.id());
            instance = Objects.requireNonNull(tombstone.instance(), revived.id());
            addInstance(instance, revived.slot());
        }
        instance.removeAt = 0;
        setOverdue(instance, false);
        instance.changedAt = revived.revivedAt().toEpochMilli();
        instance.healthAt = instance.changedAt;
        instance.recordPassingHeartbeat();
        instance.renew(instance.changedAt);
    }

    Instance removeInstance(String id) {
        var instance = get(id);
        instances.remove(id);
        slots.vacate(instance.slot);
        service(instance.service).count(instance, -1);
        usage.count(instance.owner, -1);
        usage.release(instance);
        removeIfEmpty(instance.service);
        return instance;
    }

    private void removeIfEmpty(String name) {
        var service = service(name);
        if (service.instances == 0 && !service.selfPreserving) {
            services.remove(name);
        }
    }

    /** Returns an instance that was removed by expiry and can be revived; null if there is none. */
    @Nullable
    Instance revivable(String id, long now) {
        var tombstone = findTombstone(id, now);
        return tombstone == null ? null : tombstone.instance();
    }

    /** Returns true if the instance was deregistered, within the time that deregistrations are remembered. */
    boolean wasDeregistered(String id, long now) {
        var tombstone = findTombstone(id, now);
        return tombstone != null && tombstone.instance() == null;
    }

    private @Nullable Tombstone findTombstone(String id, long now) {
        var tombstone = tombstones.get(id);
        return tombstone == null || tombstone.until() <= now ? null : tombstone;
    }

    /**
     * Returns a present instance.
     *
     * @throws IllegalStateException if the instance is not present
     */
    Instance get(String id) {
        var instance = instances.get(id);
        if (instance == null) {
            throw new IllegalStateException("An event of instance " + id + ", which the shard doesn't have.");
        }
        return instance;
    }
}
