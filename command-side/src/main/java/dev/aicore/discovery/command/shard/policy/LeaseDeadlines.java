package dev.aicore.discovery.command.shard.policy;

import java.time.Duration;

/** Computes when leases end. All times are epoch milliseconds of the lease clock. */
public final class LeaseDeadlines {

    private LeaseDeadlines() {}

    /**
     * Returns when a lease expires unless it is renewed. It never expires before the registry has listened for a whole
     * TTL.
     *
     * @param renewedAt time of the last renewal
     * @param graceFrom time since which the registry has listened without interruption
     * @param ttl seconds; 0 for no lease
     * @return {@link Long#MAX_VALUE} if it never expires
     */
    public static long expiresAt(long renewedAt, long graceFrom, int ttl) {
        return ttl == 0 ? Long.MAX_VALUE : Math.max(renewedAt, graceFrom) + ttl * 1000L;
    }

    /**
     * Returns when an expired instance is removed. A time in which the registry did not listen restarts the grace
     * period.
     */
    public static long removeAt(long removeAt, long graceFrom, LeaseRules rules) {
        return Math.max(removeAt, graceFrom + rules.gracePeriod().toMillis());
    }

    /**
     * Settings of lease decisions. Events contain what was decided, so replaying them needs no settings.
     *
     * @param gracePeriod time from the expiry of an instance to its removal; the instance stays listed
     * @param reviveWindow time after its removal in which a heartbeat revives an instance
     * @param deregisterAfter time after which an unhealthy instance without lease is removed
     * @param checksRenew true if a passed active check counts as a heartbeat
     */
    public record LeaseRules(
            Duration gracePeriod, Duration reviveWindow, Duration deregisterAfter, boolean checksRenew) {}
}
