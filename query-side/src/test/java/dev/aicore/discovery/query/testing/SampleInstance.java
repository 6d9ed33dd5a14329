package dev.aicore.discovery.query.testing;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclarationLike;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import java.util.Map;

/**
 * Sample instance; start with {@link #of} and change what matters.
 *
 * @param slotPosition position at which the instance was assigned its slot, in shard 3
 */
public record SampleInstance(String id, Declaration declaration, InstanceState state, int slot, long slotPosition) {

    private static final InstanceState WELL =
            new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.HEALTHY, BreakerState.CLOSED);

    /** Returns a healthy instance of version 1.0.0 with weight 100 in zone a. */
    public static SampleInstance of(String service, String id) {
        return new SampleInstance(id, aDeclaration(service).zone("a").build(), WELL, 0, 1);
    }

    public SampleInstance declared(AdminState adminState) {
        return in(new InstanceState(adminState, state.lease(), state.health(), state.breaker()));
    }

    public SampleInstance expired() {
        return in(new InstanceState(state.declared(), LeaseState.EXPIRED, state.health(), state.breaker()));
    }

    public SampleInstance overdue() {
        return in(new InstanceState(state.declared(), LeaseState.OVERDUE, state.health(), state.breaker()));
    }

    public SampleInstance health(HealthState healthState) {
        return in(new InstanceState(state.declared(), state.lease(), healthState, state.breaker()));
    }

    public SampleInstance breaker(BreakerState breakerState) {
        return in(new InstanceState(state.declared(), state.lease(), state.health(), breakerState));
    }

    public SampleInstance slot(int slot, long position) {
        return new SampleInstance(id, declaration, state, slot, position);
    }

    public SampleInstance weight(int weight) {
        return with(aDeclarationLike(declaration).weight(weight));
    }

    public SampleInstance version(String version) {
        return with(aDeclarationLike(declaration).version(version));
    }

    public SampleInstance metadata(Map<String, String> metadata) {
        return with(aDeclarationLike(declaration).metadata(metadata));
    }

    public SampleInstance tags(String... tags) {
        return with(aDeclarationLike(declaration).tags(tags));
    }

    public SampleInstance zone(String zone) {
        return with(aDeclarationLike(declaration).zone(zone));
    }

    public SampleInstance address(String address) {
        return with(aDeclarationLike(declaration).address(address));
    }

    /** Returns the instance as callers see it. */
    public InstanceView view() {
        return InstanceView.of(
                id,
                "default",
                "alice",
                declaration,
                declaration.ttl(),
                state,
                new InstanceLifecycle(1, ReadModelRows.AT, ReadModelRows.AT.plusSeconds(1), null, 1));
    }

    /** Returns the instance with other states. */
    public SampleInstance in(InstanceState other) {
        return new SampleInstance(id, declaration, other, slot, slotPosition);
    }

    private SampleInstance with(DeclarationBuilder other) {
        return new SampleInstance(id, other.build(), state, slot, slotPosition);
    }
}
