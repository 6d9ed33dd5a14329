package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.command.shard.policy.ExpiryCapPolicy;
import dev.aicore.discovery.command.shard.policy.LeaseDeadlines;
import dev.aicore.discovery.command.shard.policy.LeaseDeadlines.LeaseRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Calculates the leases of instances and when each is due. All times are epoch milliseconds. */
final class LeaseCalculator {

    /** Time of removal of an instance that stays listed after its expiry. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final DecisionContext context;
    private final ShardState state;
    private final LeaseRules rules;
    private final ExpiryCapPolicy cap;

    LeaseCalculator(DecisionContext context) {
        this.context = context;
        this.state = context.state();
        this.rules = context.policies().leases();
        this.cap = context.policies().cap();
    }

    /** Returns the leases of all present and removed instances. */
    List<Lease> all() {
        var leases = new ArrayList<Lease>(state.instances.size() + state.tombstones.size());
        state.instances.values().forEach(instance -> leases.add(leaseOf(instance)));
        state.tombstones.forEach((id, tombstone) -> {
            if (tombstone.until() > context.now()) {
                leases.add(leaseOfRemoved(id));
            }
        });
        return leases;
    }

    /** Returns the lease of a present or removed instance, including a pending renewal. */
    Lease lease(String id) {
        var instance = state.find(id);
        return instance == null ? leaseOfRemoved(id) : upcomingLease(instance);
    }

    private Lease leaseOf(Instance instance) {
        return switch (instance.lease()) {
            case LIVE -> lease(instance, Phase.LIVE, Math.min(expiresAt(instance), deregisterAt(instance)));
            case OVERDUE -> lease(instance, Phase.OVERDUE, Math.min(nextCheckAt(instance), deregisterAt(instance)));
            case EXPIRED -> lease(instance, Phase.EXPIRED, removeAt(instance));
        };
    }

    /** Returns the lease of an instance, including a renewal of this batch that is not applied yet. */
    Lease upcomingLease(Instance instance) {
        return context.hasPendingRenewal(instance) ? leaseIfRenewed(instance) : leaseOf(instance);
    }

    /** Returns the lease that the instance has if it is renewed now. */
    Lease leaseIfRenewed(Instance instance) {
        long due = LeaseDeadlines.expiresAt(context.now(), context.now(), ttl(instance));
        return lease(instance, Phase.LIVE, Math.min(due, deregisterAt(instance)));
    }

    Lease leaseOfRemoved(String id) {
        var tombstone = state.tombstones.get(id);
        if (tombstone == null) {
            return forgotten(id);
        }
        var phase = tombstone.instance() == null ? Phase.DEREGISTERED : Phase.REMOVED;
        return new Lease(id, -1, phase, tombstone.until());
    }

    /** Returns the lease of an id that the shard doesn't know, which is never due. */
    static Lease forgotten(String id) {
        return new Lease(id, -1, Phase.FORGOTTEN, Long.MAX_VALUE);
    }

    /** Creates a lease whose due time includes the retry time of an open circuit breaker. */
    private static Lease lease(Instance instance, Phase phase, long dueAt) {
        long due = instance.breakerState == BreakerState.OPEN ? Math.min(dueAt, instance.retryAt) : dueAt;
        return new Lease(instance.id, instance.slot, phase, due);
    }

    /** Returns the TTL of the granted lease in seconds; 0 for no lease. */
    int ttl(Instance instance) {
        return instance.ttl(rules);
    }

    /**
     * Returns the start of the instance's silence. A lease extension restarts the silence, unless the registry has
     * listened for the maximum silence since the last renewal.
     */
    long silentSince(Instance instance, long at) {
        return maxSilenceEnd(instance.renewedAt, 1000L * ttl(instance)) <= at
                ? instance.renewedAt
                : Math.max(instance.renewedAt, state.extensionFrom);
    }

    long expiresAt(Instance instance) {
        int ttl = ttl(instance);
        long graced = LeaseDeadlines.expiresAt(instance.renewedAt, state.extensionFrom, ttl);
        return ttl == 0 ? graced : Math.min(graced, maxSilenceEnd(instance.renewedAt, 1000L * ttl));
    }

    /** Returns the end of the maximum silence of an instance that is silent since a time. */
    long silenceEndsAt(Instance instance, long silentSince, int ttl) {
        return Math.min(cap.endsAt(silentSince, ttl), maxSilenceEnd(instance.renewedAt, 1000L * ttl));
    }

    long removeAt(Instance instance) {
        long period = rules.gracePeriod().toMillis();
        return Math.min(
                LeaseDeadlines.removeAt(instance.removeAt, state.extensionFrom, rules),
                Math.max(instance.removeAt, maxSilenceEnd(instance.removeAt - period, period)));
    }

    /**
     * Returns when an instance is removed because it was unhealthy for too long; {@link Long#MAX_VALUE} if it is not
     * unhealthy. Unless it declares a time, only an instance without lease is removed, and only checks count: an
     * unhealthy report by heartbeat does not remove it.
     */
    long deregisterAt(Instance instance) {
        int declared = instance.deregisterAfter();
        boolean byCheck = instance.isCheckedActively() && instance.monitored && ttl(instance) == 0;
        if (instance.healthState != HealthState.UNHEALTHY
                || instance.isExpired()
                || declared == 0
                || (declared < 0 && !byCheck)) {
            return Long.MAX_VALUE;
        }
        long period = unhealthyPeriod(instance);
        return Math.min(
                Math.max(instance.healthAt, state.extensionFrom) + period, maxSilenceEnd(instance.healthAt, period));
    }

    /** Returns the milliseconds after which an unhealthy instance is removed, if it is removed at all. */
    long unhealthyPeriod(Instance instance) {
        return instance.deregisterAfter() > 0
                ? 1000L * instance.deregisterAfter()
                : rules.deregisterAfter().toMillis();
    }

    /** Returns when an instance that expires at a time is removed. */
    Instant removalAfterExpiry(Instance instance, Instant expiredAt) {
        int declared = instance.deregisterAfter();
        return declared == 0
                ? NEVER
                : expiredAt.plus(declared > 0 ? Duration.ofSeconds(declared) : rules.gracePeriod());
    }

    /**
     * Returns when a held-back lease is checked again. A lease extension restarts the lease even while it is held back.
     */
    private long nextCheckAt(Instance instance) {
        int ttl = ttl(instance);
        long silentSince = Math.max(instance.renewedAt, state.extensionFrom);
        long windowEnds = state.service(instance.service).windowEnds(ttl);
        return Math.max(expiresAt(instance), Math.min(silenceEndsAt(instance, silentSince, ttl), windowEnds));
    }

    /**
     * Returns the end of the maximum silence: when the registry has listened for {@code silenceFactor} periods from a
     * time. Lease extensions defer the end of a period; an instance that was silent for the maximum silence counts as
     * silent regardless of lease extensions.
     */
    private long maxSilenceEnd(long from, long periodMillis) {
        return context.listeningHistory().listenedUntil(from, cap.silenceFactor() * periodMillis);
    }
}
