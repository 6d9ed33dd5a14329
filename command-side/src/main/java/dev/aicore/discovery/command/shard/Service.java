package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.BreakerState;

/**
 * Aggregated state of one service's instances. The counts of instances are derived from the instances; the rest is set
 * by facts.
 */
final class Service {

    /** Number of present instances, including expired ones. */
    int instances;

    /** Number of instances whose circuit breaker is open or half-open. */
    int openBreakers;

    /** Number of instances whose expiry is held back. */
    int overdue;

    /** Time of the first expiry in the present window, epoch milliseconds. */
    long windowStart;

    /** Number of expiries in the present window. */
    int windowExpired;

    /** True while self-preservation holds back the expiry of silent instances. */
    boolean selfPreserving;

    /** Adds an instance with its present state to the counts (1), or subtracts it (-1). */
    void count(Instance instance, int one) {
        instances += one;
        openBreakers += instance.breakerState == BreakerState.CLOSED ? 0 : one;
        overdue += instance.overdue ? one : 0;
    }

    void expired(long at, int ttl) {
        if (isWindowOver(at, ttl)) {
            windowStart = at;
            windowExpired = 0;
        }
        windowExpired++;
    }

    /** Returns the number of instances that expired within a TTL in seconds. */
    int expiredWithin(long now, int ttl) {
        return isWindowOver(now, ttl) ? 0 : windowExpired;
    }

    /** Returns when the window ends and further instances may expire, epoch milliseconds. */
    long windowEnds(int ttl) {
        return windowStart + ttl * 1000L;
    }

    /** Returns true if the state is fully derived from the instances, so that a snapshot need not contain it. */
    boolean isPlain() {
        return windowExpired == 0 && !selfPreserving;
    }

    private boolean isWindowOver(long now, int ttl) {
        return now >= windowEnds(ttl);
    }
}
