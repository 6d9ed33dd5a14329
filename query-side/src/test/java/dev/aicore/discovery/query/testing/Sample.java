package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Standing;
import java.util.List;
import java.util.Map;

/**
 * An instance to test with; begin with {@link #of} and change what matters.
 *
 * @param slotPosition where it was given its slot, in shard 3
 */
public record Sample(String id, Declaration declaration, InstanceState state, int slot, long slotPosition) {

    private static final InstanceState WELL =
            new InstanceState(Declared.ACTIVE, LeaseState.LIVE, Health.HEALTHY, Breaker.CLOSED);

    /** Healthy, of version 1.0.0, weight 100, in zone a. */
    public static Sample of(String service, String id) {
        return new Sample(
                id,
                new Declaration(service, "1.0.0", "10.0.0.1", 8080, "http", 100, 30, null, Map.of(), List.of(), "a"),
                WELL,
                0,
                1);
    }

    public Sample declared(Declared declared) {
        return in(new InstanceState(declared, state.lease(), state.health(), state.breaker()));
    }

    public Sample expired() {
        return in(new InstanceState(state.declared(), LeaseState.EXPIRED, state.health(), state.breaker()));
    }

    public Sample overdue() {
        return in(new InstanceState(state.declared(), LeaseState.OVERDUE, state.health(), state.breaker()));
    }

    public Sample health(Health health) {
        return in(new InstanceState(state.declared(), state.lease(), health, state.breaker()));
    }

    public Sample breaker(Breaker breaker) {
        return in(new InstanceState(state.declared(), state.lease(), state.health(), breaker));
    }

    public Sample slot(int slot, long position) {
        return new Sample(id, declaration, state, slot, position);
    }

    public Sample weight(int weight) {
        return declaration(
                declaration.version(), weight, declaration.metadata(), declaration.tags(), declaration.zone());
    }

    public Sample version(String version) {
        return declaration(
                version, declaration.weight(), declaration.metadata(), declaration.tags(), declaration.zone());
    }

    public Sample metadata(Map<String, String> metadata) {
        return declaration(
                declaration.version(), declaration.weight(), metadata, declaration.tags(), declaration.zone());
    }

    public Sample tags(String... tags) {
        return declaration(
                declaration.version(), declaration.weight(), declaration.metadata(), List.of(tags), declaration.zone());
    }

    public Sample zone(String zone) {
        return declaration(
                declaration.version(), declaration.weight(), declaration.metadata(), declaration.tags(), zone);
    }

    public Sample address(String address) {
        return new Sample(
                id,
                new Declaration(
                        declaration.name(),
                        declaration.version(),
                        address,
                        declaration.port(),
                        declaration.protocol(),
                        declaration.weight(),
                        declaration.ttl(),
                        declaration.healthCheck(),
                        declaration.metadata(),
                        declaration.tags(),
                        declaration.zone()),
                state,
                slot,
                slotPosition);
    }

    /** As callers see it. */
    public InstanceView view() {
        return InstanceView.of(
                id,
                "default",
                "alice",
                declaration,
                declaration.ttl(),
                state,
                new Standing(1, ModelRows.AT, ModelRows.AT.plusSeconds(1), null, 1));
    }

    /** In all four of its states. */
    public Sample in(InstanceState other) {
        return new Sample(id, declaration, other, slot, slotPosition);
    }

    private Sample declaration(
            String version, int weight, Map<String, String> metadata, List<String> tags, String zone) {
        return new Sample(
                id,
                new Declaration(
                        declaration.name(),
                        version,
                        declaration.address(),
                        declaration.port(),
                        declaration.protocol(),
                        weight,
                        declaration.ttl(),
                        declaration.healthCheck(),
                        metadata,
                        tags,
                        zone),
                state,
                slot,
                slotPosition);
    }
}
