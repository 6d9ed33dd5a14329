package dev.aicore.discovery.command.lease;

/**
 * The brake on mass expiry. When much of a service falls silent at once, it is more likely that the registry doesn't hear than
 * that all of it died; but a brake that never ends would keep the dead for ever. (Eureka's self-preservation has no end.)
 *
 * @param share of a service's instances that may expire within one ttl, at least one; 1 is no brake
 * @param silenceFactor an instance that was silent for so many times its ttl expires whatever the share says
 */
public record ExpiryCapPolicy(double share, int silenceFactor) {

    /** Smaller services have no brake: a share of them tells nothing. */
    private static final int FEWEST = 4;

    /**
     * Whether one more may expire.
     *
     * @param instances how many the service has, expired ones included
     * @param expired how many of them have expired within the present window
     */
    public boolean mayExpire(int instances, int expired) {
        return instances < FEWEST || expired < maxExpirations(instances);
    }

    /** How many may expire within one ttl. */
    public int maxExpirations(int instances) {
        return Math.max(1, (int) (share * instances));
    }

    /** When an instance expires whatever became of others, if it stays silent: epoch milliseconds. */
    public long endsAt(long silentSince, int ttl) {
        return silentSince + 1000L * silenceFactor * ttl;
    }
}
