package dev.aicore.discovery.command.lease;

/** When leases run out. All times are epoch milliseconds on the clock that leases run by. */
public final class LeasePolicy {

    private LeasePolicy() {}

    /**
     * When a lease runs out unless it is renewed: never before its ttl has passed in which the registry could have heard
     * the instance.
     *
     * @param graceFrom since when the registry has been listening without a break
     * @param ttl seconds; 0 is no lease
     * @return {@link Long#MAX_VALUE} if never
     */
    public static long expiresAt(long renewedAt, long graceFrom, int ttl) {
        return ttl == 0 ? Long.MAX_VALUE : Math.max(renewedAt, graceFrom) + ttl * 1000L;
    }

    /** When an expired instance is removed: a pause of the registry's own doesn't count. */
    public static long removeAt(long removeAt, long graceFrom, LeaseRules rules) {
        return Math.max(removeAt, graceFrom + rules.gracePeriod().toMillis());
    }
}
