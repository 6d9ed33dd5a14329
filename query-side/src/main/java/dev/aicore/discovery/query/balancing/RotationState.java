package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.balancing.PriorityTiers.Tier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whose turn it is, for one service and set of filters. For use by many threads. */
final class RotationState {

    /** Those whose circuit is half open come first in one of so many calls, and last in the others. */
    private static final int TRIAL_INTERVAL = 10;

    private static final int BYTES = 100;
    private static final int WEIGHTS_BYTES = 300;

    /** With an id that nothing else keeps any more. */
    private static final int CANDIDATE_BYTES = 110;

    private final RandomGenerator random;
    private final AtomicLong next;
    private final AtomicLong nextWithTried;
    private volatile @Nullable Weights weights;
    private volatile int candidates;

    /** @param random says where it begins; safe for use by many threads */
    RotationState(RandomGenerator random) {
        this.random = random;
        // Not from 0: many nodes that start together would send everybody to the same instance.
        long first = random.nextInt(Integer.MAX_VALUE);
        this.next = new AtomicLong(first);
        this.nextWithTried = new AtomicLong(first * TRIAL_INTERVAL);
    }

    /** One more each time. */
    long next() {
        return next.getAndIncrement();
    }

    /** What will be next. */
    long current() {
        return next.get();
    }

    /**
     * Counts a call in which circuits are half open.
     *
     * @param areAll whether there are no others
     * @return if those come first in it, one more than the last time; else null
     */
    @Nullable
    Long trial(boolean areAll) {
        long call = nextWithTried.getAndIncrement();
        if (areAll) {
            return call;
        }
        // The last of ten, not the first: so also where this begins anew, no ten calls in a row have two.
        return call % TRIAL_INTERVAL == TRIAL_INTERVAL - 1 ? call / TRIAL_INTERVAL : null;
    }

    /** By weight, in each of the groups by itself. */
    SmoothWeightedRoundRobin weights(Tier tier) {
        var known = weights;
        return (known == null ? begun() : known).of(tier);
    }

    /** Whether that many take more memory than it had so far. */
    boolean growsTo(int candidates) {
        if (candidates <= this.candidates) {
            return false;
        }
        this.candidates = candidates;
        return true;
    }

    /** About how much memory it takes. */
    int bytes() {
        int known = candidates;
        return known == 0 ? BYTES : BYTES + WEIGHTS_BYTES + known * CANDIDATE_BYTES;
    }

    private synchronized Weights begun() {
        var known = weights;
        if (known == null) {
            known = new Weights(random);
            weights = known;
        }
        return known;
    }

    private static final class Weights {

        private final SmoothWeightedRoundRobin preferred;
        private final SmoothWeightedRoundRobin others;
        private final SmoothWeightedRoundRobin overdue;
        private final SmoothWeightedRoundRobin tried;
        private final SmoothWeightedRoundRobin last;

        Weights(RandomGenerator random) {
            preferred = new SmoothWeightedRoundRobin(random);
            others = new SmoothWeightedRoundRobin(random);
            overdue = new SmoothWeightedRoundRobin(random);
            tried = new SmoothWeightedRoundRobin(random);
            last = new SmoothWeightedRoundRobin(random);
        }

        SmoothWeightedRoundRobin of(Tier tier) {
            return switch (tier) {
                case PREFERRED -> preferred;
                case OTHERS -> others;
                case OVERDUE -> overdue;
                case TRIAL -> tried;
                case LAST -> last;
            };
        }
    }
}
