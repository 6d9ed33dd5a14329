package dev.aicore.discovery.command.shard.policy;

/**
 * Limits how many instances of a service expire at once. If many instances of a service fall silent at once, a failure
 * to receive their heartbeats is more likely than the death of all of them. The limit ends after some time, or it would
 * keep dead instances registered permanently. (Eureka's self-preservation does not end.)
 *
 * @param share share of a service's instances that may expire within one TTL, at least one instance; 1 disables the
 *     limit
 * @param silenceFactor multiple of its TTL after which a silent instance expires regardless of the share
 */
public record ExpiryCapPolicy(double share, int silenceFactor) {

    /** Number of instances below which a service has no limit: a share of so few instances has no significance. */
    private static final int MIN_INSTANCES = 4;

    /**
     * Returns true if one more instance may expire.
     *
     * @param instances number of the service's instances, including expired ones
     * @param expired number of instances that expired within the present window
     */
    public boolean mayExpire(int instances, int expired) {
        return instances < MIN_INSTANCES || expired < maxExpirations(instances);
    }

    /** Returns the number of instances that may expire within one TTL. */
    public int maxExpirations(int instances) {
        return Math.max(1, (int) (share * instances));
    }

    /**
     * Returns the time at which a silent instance expires regardless of the share, in epoch milliseconds.
     *
     * @param silentSince start of the silence, epoch milliseconds
     * @param ttl TTL in seconds
     */
    public long endsAt(long silentSince, int ttl) {
        return silentSince + 1000L * silenceFactor * ttl;
    }
}
