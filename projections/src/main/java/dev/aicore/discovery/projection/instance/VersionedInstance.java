package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.lease.LeaseState;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * State of an instance from one fact to the next.
 *
 * @param gone null while the instance is registered
 * @param position position of the fact that created this version
 * @param at time at which that fact was recorded
 */
record VersionedInstance(
        InstanceIdentity identity,
        SlotPlacement place,
        DeclarationState said,
        InstanceState state,
        Times times,
        @Nullable DepartureType gone,
        long position,
        Instant at) {

    /**
     * Identity of a registered instance, which doesn't change; except for the owner of an instance that was registered
     * anonymously.
     */
    record InstanceIdentity(String id, String service, String namespace, String owner, Instant registeredAt) {}

    /**
     * Slot by which the shard's packed observations name the instance.
     *
     * @param shard number of the shard
     * @param since position of the fact that assigned the slot
     */
    record SlotPlacement(int shard, int slot, long since) {}

    /**
     * Declaration by the owner.
     *
     * @param version 1 at registration, incremented by each update
     * @param declaration as JSON
     */
    record DeclarationState(int version, String declaration) {}

    /**
     * Times of the last changes, by the shard's clock.
     *
     * @param updated last change of any kind
     */
    record Times(Instant updated, Instant lease, Instant health) {}

    String id() {
        return identity.id();
    }

    /** Returns this version at the position of a later fact. */
    VersionedInstance at(long newPosition, Instant newAt, Instant updated) {
        var newTimes = new Times(updated, times.lease(), times.health());
        return new VersionedInstance(identity, place, said, state, newTimes, gone, newPosition, newAt);
    }

    VersionedInstance ownedBy(String owner) {
        var newIdentity = new InstanceIdentity(
                identity.id(), identity.service(), identity.namespace(), owner, identity.registeredAt());
        return new VersionedInstance(newIdentity, place, said, state, times, gone, position, at);
    }

    VersionedInstance withDeclaration(int version, String declaration) {
        return new VersionedInstance(
                identity, place, new DeclarationState(version, declaration), state, times, gone, position, at);
    }

    VersionedInstance withAdminState(AdminState adminState) {
        var newState = new InstanceState(adminState, state.lease(), state.health(), state.breaker());
        return new VersionedInstance(identity, place, said, newState, times, gone, position, at);
    }

    VersionedInstance withLease(LeaseState lease, Instant changed) {
        var newState = new InstanceState(state.declared(), lease, state.health(), state.breaker());
        var newTimes = new Times(times.updated(), changed, times.health());
        return new VersionedInstance(identity, place, said, newState, newTimes, gone, position, at);
    }

    VersionedInstance withHealth(HealthState healthState, Instant changed) {
        var newState = new InstanceState(state.declared(), state.lease(), healthState, state.breaker());
        var newTimes = new Times(times.updated(), times.lease(), changed);
        return new VersionedInstance(identity, place, said, newState, newTimes, gone, position, at);
    }

    VersionedInstance withBreaker(BreakerState breakerState) {
        var newState = new InstanceState(state.declared(), state.lease(), state.health(), breakerState);
        return new VersionedInstance(identity, place, said, newState, times, gone, position, at);
    }

    VersionedInstance gone(DepartureType departureType) {
        return new VersionedInstance(identity, place, said, state, times, departureType, position, at);
    }

    /** Returns this version as registered again, possibly in another slot. */
    VersionedInstance withPlacement(SlotPlacement newPlacement) {
        return new VersionedInstance(identity, newPlacement, said, state, times, null, position, at);
    }

    /** Way in which an instance left the registry. */
    enum DepartureType {
        /** Removed after its lease expired: a heartbeat may revive it. */
        REMOVED,
        /** Deregistered on request. */
        DEREGISTERED;

        String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static DepartureType of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
