package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.projection.instance.VersionedInstance.DeclarationState;
import dev.aicore.discovery.projection.instance.VersionedInstance.DepartureType;
import dev.aicore.discovery.projection.instance.VersionedInstance.InstanceIdentity;
import dev.aicore.discovery.projection.instance.VersionedInstance.SlotPlacement;
import dev.aicore.discovery.projection.instance.VersionedInstance.Times;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Applies one fact to the version of an instance. */
final class InstanceFold {

    private final Function<Declaration, String> json;

    InstanceFold(Function<Declaration, String> json) {
        this.json = json;
    }

    /**
     * Returns the version after the fact.
     *
     * @param before null if the instance was never registered
     * @param shard number of the shard that decided the fact
     * @param position position of the fact, greater than that of {@code before}
     * @param at time at which the fact was recorded
     * @throws IllegalStateException if the fact can't follow {@code before}: continuing would mean guessing
     */
    VersionedInstance fold(
            @Nullable VersionedInstance before, InstanceFact fact, int shard, long position, Instant at) {
        return switch (fact) {
            case InstanceRegistered registered -> registered(registered, shard, position, at);
            case InstanceUpdated updated ->
                requirePresent(before, fact, position)
                        .withDeclaration(updated.version(), json.apply(updated.declaration()))
                        .withAdminState(updated.declared())
                        .at(position, at, updated.updatedAt());
            case InstanceDeregistered deregistered ->
                notDeregistered(before, fact, position)
                        .gone(DepartureType.DEREGISTERED)
                        .at(position, at, deregistered.deregisteredAt());
            case LeaseOverdue overdue ->
                requirePresent(before, fact, position)
                        .withLease(LeaseState.OVERDUE, overdue.overdueAt())
                        .at(position, at, overdue.overdueAt());
            case LeaseExpired expired ->
                requirePresent(before, fact, position)
                        .withLease(LeaseState.EXPIRED, expired.expiredAt())
                        .at(position, at, expired.expiredAt());
            case InstanceRemoved removed ->
                requirePresent(before, fact, position)
                        .gone(DepartureType.REMOVED)
                        .at(position, at, removed.removedAt());
            case InstanceRevived revived ->
                revived(notDeregistered(before, fact, position), revived, shard, position)
                        .at(position, at, revived.revivedAt());
            case HealthChanged changed ->
                requirePresent(before, fact, position)
                        .withHealth(changed.to(), changed.changedAt())
                        .at(position, at, changed.changedAt());
            case CircuitChanged changed ->
                requirePresent(before, fact, position).withBreaker(changed.to()).at(position, at, changed.changedAt());
            case MonitoringSwitched switched ->
                requirePresent(before, fact, position).at(position, at, switched.switchedAt());
            case InstanceAdopted adopted ->
                requirePresent(before, fact, position).ownedBy(adopted.owner()).at(position, at, adopted.adoptedAt());
        };
    }

    private VersionedInstance registered(InstanceRegistered fact, int shard, long position, Instant at) {
        var since = fact.registeredAt();
        return new VersionedInstance(
                new InstanceIdentity(fact.id(), fact.service(), fact.envelope().namespace(), fact.owner(), since),
                new SlotPlacement(shard, fact.slot(), position),
                new DeclarationState(1, json.apply(fact.declaration())),
                new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, fact.initialHealth(), BreakerState.CLOSED),
                new Times(since, since, since),
                null,
                position,
                at);
    }

    private VersionedInstance revived(VersionedInstance before, InstanceRevived fact, int shard, long position) {
        boolean keepsSlot = before.gone() == null && before.place().slot() == fact.slot();
        return before.withPlacement(keepsSlot ? before.place() : new SlotPlacement(shard, fact.slot(), position))
                .withDeclaration(fact.version(), json.apply(fact.declaration()))
                .withLease(LeaseState.LIVE, fact.revivedAt());
    }

    private static VersionedInstance requirePresent(
            @Nullable VersionedInstance before, InstanceFact fact, long position) {
        if (before == null || before.gone() != null) {
            throw outOfOrder(before, fact, position);
        }
        return before;
    }

    private static VersionedInstance notDeregistered(
            @Nullable VersionedInstance before, InstanceFact fact, long position) {
        if (before == null || before.gone() == DepartureType.DEREGISTERED) {
            throw outOfOrder(before, fact, position);
        }
        return before;
    }

    private static IllegalStateException outOfOrder(
            @Nullable VersionedInstance before, InstanceFact fact, long position) {
        var departureType = before == null ? null : before.gone();
        var was = before == null
                ? "was never registered"
                : "is " + (departureType == null ? "present" : departureType.sqlName()) + " since position "
                        + before.position();
        return new IllegalStateException(fact.getClass().getSimpleName() + " at position " + position
                + " can't follow: instance " + fact.id() + " " + was + ".");
    }
}
