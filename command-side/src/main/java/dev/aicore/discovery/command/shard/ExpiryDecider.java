package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.LeaseExpired;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.lease.LeasePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which leases expire and which instances are removed. Uses only the state of the shard: a proposal may be
 * wrong or late.
 */
final class ExpiryDecider {

    static final EventMetadata BY_LEASE = EventMetadata.ofRegistry("lease");

    private final BatchDecider batchDecider;
    private final ShardState state;
    private final SelfPreservationDecider selfPreservationDecider;

    ExpiryDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
        this.state = batchDecider.state;
        this.selfPreservationDecider = new SelfPreservationDecider(batchDecider);
    }

    Outcome decide(ExpireLeases command) {
        var leases = new ArrayList<Lease>(command.ids().size());
        for (var id : command.ids()) {
            leases.add(expireDue(id, Math.min(command.proposedAt(), batchDecider.now)));
        }
        return new Outcome.Leases(leases);
    }

    List<Lease> all() {
        var leases = new ArrayList<Lease>(state.instances.size() + state.tombstones.size());
        state.instances.values().forEach(instance -> leases.add(leaseOf(instance)));
        state.tombstones.forEach((id, tombstone) -> {
            if (tombstone.until() > batchDecider.now) {
                leases.add(leaseOfRemoved(id));
            }
        });
        return leases;
    }

    /** Returns the lease of a present or removed instance. */
    Lease lease(String id) {
        var instance = state.find(id);
        return instance == null ? leaseOfRemoved(id) : leaseOf(instance);
    }

    Lease leaseOf(Instance instance) {
        return switch (instance.lease()) {
            case LIVE -> lease(instance, Phase.LIVE, Math.min(expiresAt(instance), deregisterAt(instance)));
            case OVERDUE -> lease(instance, Phase.OVERDUE, Math.min(nextCheckAt(instance), deregisterAt(instance)));
            case EXPIRED -> lease(instance, Phase.EXPIRED, removeAt(instance));
        };
    }

    /** Returns the lease of an instance, including a renewal of this batch that is not applied yet. */
    Lease upcomingLease(Instance instance) {
        return batchDecider.hasPendingRenewal(instance) ? leaseIfRenewed(instance) : leaseOf(instance);
    }

    /** Returns the lease that the instance has if it is renewed now. */
    Lease leaseIfRenewed(Instance instance) {
        long due = LeasePolicy.expiresAt(
                batchDecider.now, batchDecider.now, instance.ttl(batchDecider.shardPolicies.leases()));
        return lease(instance, Phase.LIVE, Math.min(due, deregisterAt(instance)));
    }

    private Lease leaseOfRemoved(String id) {
        var tombstone = state.tombstones.get(id);
        if (tombstone == null) {
            return new Lease(id, -1, Phase.FORGOTTEN, Long.MAX_VALUE);
        }
        var phase = tombstone.instance() == null ? Phase.DEREGISTERED : Phase.REMOVED;
        return new Lease(id, -1, phase, tombstone.until());
    }

    /** Creates a lease whose due time includes the retry time of an open circuit breaker. */
    private static Lease lease(Instance instance, Phase phase, long dueAt) {
        long due = instance.breakerState == BreakerState.OPEN ? Math.min(dueAt, instance.retryAt) : dueAt;
        return new Lease(instance.id, instance.slot, phase, due);
    }

    private Lease expireDue(String id, long at) {
        var instance = state.find(id);
        if (instance == null) {
            var tombstone = state.tombstones.get(id);
            return tombstone == null || tombstone.until() <= at
                    ? new Lease(id, -1, Phase.FORGOTTEN, Long.MAX_VALUE)
                    : leaseOfRemoved(id);
        }
        new CircuitBreakerDecider(batchDecider).halfOpenIfDue(instance, at);
        if (deregisterAt(instance) <= at) {
            remove(
                    instance,
                    "It has no lease, and was unhealthy for "
                            + formatSeconds(batchDecider
                                    .shardPolicies
                                    .leases()
                                    .deregisterAfter()
                                    .toMillis()) + ".");
        } else if (batchDecider.hasPendingRenewal(instance)) {
            return leaseIfRenewed(instance);
        } else if (instance.isExpired()) {
            removeIfDue(instance, at);
        } else {
            expireIfDue(instance, at);
        }
        return lease(id);
    }

    private void removeIfDue(Instance instance, long at) {
        if (removeAt(instance) <= at) {
            remove(
                    instance,
                    "It stayed silent for the grace period of "
                            + formatSeconds(batchDecider
                                    .shardPolicies
                                    .leases()
                                    .gracePeriod()
                                    .toMillis())
                            + " after its lease had expired.");
        }
    }

    private void expireIfDue(Instance instance, long at) {
        if (expiresAt(instance) > at) {
            return;
        }
        int ttl = instance.ttl(batchDecider.shardPolicies.leases());
        long silentSince = silentSince(instance, at);
        if (!selfPreservationDecider.mustHoldBack(instance, silenceEndsAt(instance, silentSince, ttl), ttl, at)) {
            expire(instance, silentSince, ttl);
        } else if (!instance.overdue) {
            selfPreservationDecider.holdBack(instance, silentSince, ttl);
        }
    }

    private void expire(Instance instance, long silentSince, int ttl) {
        batchDecider.emit(
                instance,
                new LeaseExpired(
                        instance.id,
                        instance.service,
                        Instant.ofEpochMilli(silentSince),
                        ttl,
                        batchDecider.instant(),
                        batchDecider
                                .instant()
                                .plus(batchDecider.shardPolicies.leases().gracePeriod()),
                        "Nothing was heard of it for " + formatSeconds(batchDecider.now - silentSince) + "; its ttl is "
                                + ttl + " s.",
                        BY_LEASE));
    }

    private void remove(Instance instance, String cause) {
        batchDecider.emit(
                instance,
                new InstanceRemoved(
                        instance.id,
                        instance.service,
                        batchDecider.instant(),
                        batchDecider
                                .instant()
                                .plus(batchDecider.shardPolicies.leases().reviveWindow()),
                        cause,
                        BY_LEASE));
    }

    /**
     * Returns the start of the instance's silence, epoch milliseconds. A lease extension restarts the silence, unless
     * the registry has listened for the maximum silence since the last renewal.
     */
    private long silentSince(Instance instance, long at) {
        return maxSilenceEnd(instance.renewedAt, 1000L * instance.ttl(batchDecider.shardPolicies.leases())) <= at
                ? instance.renewedAt
                : Math.max(instance.renewedAt, state.extensionFrom);
    }

    private long expiresAt(Instance instance) {
        int ttl = instance.ttl(batchDecider.shardPolicies.leases());
        long graced = LeasePolicy.expiresAt(instance.renewedAt, state.extensionFrom, ttl);
        return ttl == 0 ? graced : Math.min(graced, maxSilenceEnd(instance.renewedAt, 1000L * ttl));
    }

    /**
     * Returns the end of the maximum silence: when the registry has listened for {@code silenceFactor} periods from a
     * time. Lease extensions defer the end of a period; an instance that was silent for the maximum silence counts as
     * silent regardless of lease extensions.
     */
    private long maxSilenceEnd(long from, long periodMillis) {
        return batchDecider.listeningHistory.listenedUntil(
                from, batchDecider.shardPolicies.cap().silenceFactor() * periodMillis);
    }

    private long silenceEndsAt(Instance instance, long silentSince, int ttl) {
        return Math.min(
                batchDecider.shardPolicies.cap().endsAt(silentSince, ttl),
                maxSilenceEnd(instance.renewedAt, 1000L * ttl));
    }

    /**
     * Returns when a held-back lease is checked again. A lease extension restarts the lease even while it is held back.
     */
    private long nextCheckAt(Instance instance) {
        int ttl = instance.ttl(batchDecider.shardPolicies.leases());
        long silentSince = Math.max(instance.renewedAt, state.extensionFrom);
        long end = silenceEndsAt(instance, silentSince, ttl);
        return Math.max(expiresAt(instance), selfPreservationDecider.nextCheckAt(instance, end, ttl));
    }

    private long removeAt(Instance instance) {
        long period = batchDecider.shardPolicies.leases().gracePeriod().toMillis();
        return Math.min(
                LeasePolicy.removeAt(instance.removeAt, state.extensionFrom, batchDecider.shardPolicies.leases()),
                Math.max(instance.removeAt, maxSilenceEnd(instance.removeAt - period, period)));
    }

    /**
     * Returns when an instance without lease is removed because it was unhealthy for too long; {@link Long#MAX_VALUE}
     * if it is not unhealthy or has a lease. Only checks count: an unhealthy report by heartbeat does not remove an
     * instance.
     */
    private long deregisterAt(Instance instance) {
        boolean wanted =
                instance.isCheckedActively() && instance.monitored && instance.healthState == HealthState.UNHEALTHY;
        if (!wanted || instance.isExpired() || instance.ttl(batchDecider.shardPolicies.leases()) > 0) {
            return Long.MAX_VALUE;
        }
        long period = batchDecider.shardPolicies.leases().deregisterAfter().toMillis();
        return Math.min(
                Math.max(instance.healthAt, state.extensionFrom) + period, maxSilenceEnd(instance.healthAt, period));
    }

    private static String formatSeconds(long millis) {
        var duration = Duration.ofMillis(millis);
        return duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
    }
}
