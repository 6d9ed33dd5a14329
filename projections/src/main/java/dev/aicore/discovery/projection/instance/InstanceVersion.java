package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.LeaseState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an instance was from one fact to the next.
 *
 * @param gone null while it is registered
 * @param position of the fact that made it so
 * @param at when that was recorded
 */
record InstanceVersion(
        InstanceIdentity identity,
        SlotPlacement place,
        DeclarationState said,
        InstanceState state,
        Times times,
        @Nullable DepartureType gone,
        long position,
        Instant at) {

    /** What stays as long as it is registered; its owner, unless that was nobody in particular. */
    record InstanceIdentity(String id, String service, String namespace, String owner, Instant registeredAt) {}

    /**
     * Where the shard's packed observations speak of it.
     *
     * @param shard its number
     * @param since position of the fact that gave it the slot
     */
    record SlotPlacement(int shard, int slot, long since) {}

    /**
     * What its owner says.
     *
     * @param version 1 when it is registered, one more with each update
     * @param declaration as JSON
     */
    record DeclarationState(int version, String declaration) {}

    /**
     * When things last changed, by the shard's clock.
     *
     * @param updated anything at all
     */
    record Times(Instant updated, Instant lease, Instant health) {}

    String id() {
        return identity.id();
    }

    /** The same at a later fact. */
    InstanceVersion at(long newPosition, Instant newAt, Instant updated) {
        var newTimes = new Times(updated, times.lease(), times.health());
        return new InstanceVersion(identity, place, said, state, newTimes, gone, newPosition, newAt);
    }

    InstanceVersion ownedBy(String owner) {
        var newIdentity = new InstanceIdentity(
                identity.id(), identity.service(), identity.namespace(), owner, identity.registeredAt());
        return new InstanceVersion(newIdentity, place, said, state, times, gone, position, at);
    }

    InstanceVersion withDeclaration(int version, String declaration) {
        return new InstanceVersion(
                identity, place, new DeclarationState(version, declaration), state, times, gone, position, at);
    }

    InstanceVersion declared(AdminState adminState) {
        var newState = new InstanceState(adminState, state.lease(), state.health(), state.breaker());
        return new InstanceVersion(identity, place, said, newState, times, gone, position, at);
    }

    InstanceVersion withLease(LeaseState lease, Instant changed) {
        var newState = new InstanceState(state.declared(), lease, state.health(), state.breaker());
        var newTimes = new Times(times.updated(), changed, times.health());
        return new InstanceVersion(identity, place, said, newState, newTimes, gone, position, at);
    }

    InstanceVersion withHealth(HealthState healthState, Instant changed) {
        var newState = new InstanceState(state.declared(), state.lease(), healthState, state.breaker());
        var newTimes = new Times(times.updated(), times.lease(), changed);
        return new InstanceVersion(identity, place, said, newState, newTimes, gone, position, at);
    }

    InstanceVersion withBreaker(BreakerState breakerState) {
        var newState = new InstanceState(state.declared(), state.lease(), state.health(), breakerState);
        return new InstanceVersion(identity, place, said, newState, times, gone, position, at);
    }

    InstanceVersion gone(DepartureType departureType) {
        return new InstanceVersion(identity, place, said, state, times, departureType, position, at);
    }

    /** Present again, perhaps in another place. */
    InstanceVersion present(SlotPlacement newPlace) {
        return new InstanceVersion(identity, newPlace, said, state, times, null, position, at);
    }
}
