package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.BreakerState;

/** What concerns the instances of one service together. How many there are follows from them; the rest is told by facts. */
final class Service {

    /** Those that are present, expired ones included. */
    int instances;

    /** Those whose circuit isn't closed: they are out, or may soon be so again. */
    int broken;

    /** Those that are held back. */
    int overdue;

    /** When the first of the present window expired, epoch milliseconds. */
    long windowFrom;

    /** How many have expired since then. */
    int windowExpired;

    /** Whether silent instances are held back. */
    boolean preserving;

    /** One of its instances comes (1), or goes (-1), as it is. */
    void count(Instance instance, int one) {
        instances += one;
        broken += instance.breakerState == BreakerState.CLOSED ? 0 : one;
        overdue += instance.overdue ? one : 0;
    }

    void expired(long at, int ttl) {
        if (isWindowOver(at, ttl)) {
            windowFrom = at;
            windowExpired = 0;
        }
        windowExpired++;
    }

    /** How many have expired within a ttl. */
    int expiredWithin(long now, int ttl) {
        return isWindowOver(now, ttl) ? 0 : windowExpired;
    }

    /** When others may expire again, epoch milliseconds. */
    long windowEnds(int ttl) {
        return windowFrom + ttl * 1000L;
    }

    /** Whether nothing is known of it that its instances don't tell. */
    boolean isPlain() {
        return windowExpired == 0 && !preserving;
    }

    private boolean isWindowOver(long now, int ttl) {
        return now >= windowEnds(ttl);
    }
}
