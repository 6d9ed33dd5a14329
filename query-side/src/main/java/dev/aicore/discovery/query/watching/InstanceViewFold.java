package dev.aicore.discovery.query.watching;

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
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFact;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes the state of an instance after a fact. The result equals the row that the read models contain once the fact
 * is folded.
 *
 * @param checksRenewLeases whether a passed active check counts as a heartbeat
 */
public record InstanceViewFold(boolean checksRenewLeases) {

    /**
     * Returns the change that a fact makes; empty if it can't be computed from the present instances, e.g. for an
     * instance that is revived after its removal.
     *
     * @param before null if the instance isn't present
     */
    public Optional<InstanceChangeView> change(@Nullable InstanceView before, LiveFact live) {
        var fact = live.fact();
        return switch (fact) {
            case InstanceRegistered registered -> Optional.of(toChange(before, live, registered(registered, live)));
            case InstanceDeregistered _ -> Optional.of(removed(live, "deregistered"));
            case InstanceRemoved _ -> Optional.of(removed(live, "removed"));
            case InstanceRevived _,
                    InstanceUpdated _,
                    LeaseOverdue _,
                    LeaseExpired _,
                    HealthChanged _,
                    CircuitChanged _,
                    MonitoringSwitched _,
                    InstanceAdopted _ ->
                before == null ? Optional.empty() : Optional.of(toChange(before, live, apply(before, fact, live)));
        };
    }

    private static InstanceChangeView toChange(@Nullable InstanceView before, LiveFact live, InstanceView after) {
        var type = before == null ? InstanceChangeView.Type.REGISTERED : InstanceChangeView.Type.CHANGED;
        return new InstanceChangeView(
                live.fact().service(), live.position(), live.recordedAt(), type, after.id(), after, null);
    }

    private static InstanceChangeView removed(LiveFact live, String reason) {
        return new InstanceChangeView(
                live.fact().service(),
                live.position(),
                live.recordedAt(),
                InstanceChangeView.Type.GONE,
                live.fact().id(),
                null,
                reason);
    }

    private InstanceView registered(InstanceRegistered fact, LiveFact live) {
        var since = fact.registeredAt();
        return InstanceView.of(
                fact.id(),
                fact.envelope().namespace(),
                fact.owner(),
                fact.declaration(),
                fact.declaration().effectiveTtl(checksRenewLeases),
                new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, fact.initialHealth(), BreakerState.CLOSED),
                new InstanceLifecycle(1, since, since, null, live.position()));
    }

    private InstanceView apply(InstanceView before, InstanceFact fact, LiveFact live) {
        var state = new InstanceState(before.declared(), before.lease(), before.health(), before.breaker());
        return switch (fact) {
            case InstanceUpdated updated ->
                of(
                        before,
                        before.owner(),
                        updated.declaration(),
                        updated.version(),
                        new InstanceState(updated.declared(), state.lease(), state.health(), state.breaker()),
                        updated.updatedAt(),
                        live);
            case InstanceRevived revived ->
                of(
                        before,
                        before.owner(),
                        revived.declaration(),
                        revived.version(),
                        withLease(state, LeaseState.LIVE),
                        revived.revivedAt(),
                        live);
            case LeaseOverdue overdue ->
                withState(before, withLease(state, LeaseState.OVERDUE), before.owner(), overdue.overdueAt(), live);
            case LeaseExpired expired ->
                withState(before, withLease(state, LeaseState.EXPIRED), before.owner(), expired.expiredAt(), live);
            case HealthChanged changed ->
                withState(
                        before,
                        new InstanceState(state.declared(), state.lease(), changed.to(), state.breaker()),
                        before.owner(),
                        changed.changedAt(),
                        live);
            case CircuitChanged changed ->
                withState(
                        before,
                        new InstanceState(state.declared(), state.lease(), state.health(), changed.to()),
                        before.owner(),
                        changed.changedAt(),
                        live);
            case MonitoringSwitched switched -> withState(before, state, before.owner(), switched.switchedAt(), live);
            case InstanceAdopted adopted -> withState(before, state, adopted.owner(), adopted.adoptedAt(), live);
            case InstanceRegistered _, InstanceDeregistered _, InstanceRemoved _ ->
                throw new IllegalArgumentException(fact + " can't follow the state of a present instance.");
        };
    }

    private static InstanceState withLease(InstanceState state, LeaseState lease) {
        return new InstanceState(state.declared(), lease, state.health(), state.breaker());
    }

    private InstanceView of(
            InstanceView before,
            String owner,
            Declaration declaration,
            int version,
            InstanceState state,
            Instant updatedAt,
            LiveFact live) {
        return InstanceView.of(
                before.id(),
                before.namespace(),
                owner,
                declaration,
                declaration.effectiveTtl(checksRenewLeases),
                state,
                new InstanceLifecycle(version, before.registeredAt(), updatedAt, null, live.position()));
    }

    private static InstanceView withState(
            InstanceView before, InstanceState state, String owner, Instant updatedAt, LiveFact live) {
        return new InstanceView(
                before.id(),
                before.serviceId(),
                before.name(),
                before.namespace(),
                before.version(),
                before.address(),
                before.port(),
                before.protocol(),
                before.weight(),
                before.ttl(),
                before.effectiveTtl(),
                before.healthCheck(),
                before.metadata(),
                before.tags(),
                before.zone(),
                state.status(),
                state.declared(),
                state.lease(),
                state.health(),
                state.breaker(),
                owner,
                before.declarationVersion(),
                before.registeredAt(),
                updatedAt,
                null,
                live.position(),
                null);
    }
}
