package dev.aicore.discovery.balancing;

import dev.aicore.discovery.balancing.PriorityTiers.Tier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** State that consecutive calls with the same key share, such as those of one service and filter. Thread-safe. */
public final class RotationState {

    /** Instances with a half-open circuit breaker come first in one of this many calls, and last in the others. */
    private static final int TRIAL_INTERVAL = 10;

    private static final int BYTES = 100;
    private static final int WEIGHTS_BYTES = 300;

    /** Estimated size in bytes per candidate, including an id that nothing else references. */
    private static final int CANDIDATE_BYTES = 110;

    private final RandomGenerator random;
    private final AtomicLong next;
    private final AtomicLong nextTrial;
    private volatile @Nullable Weights weights;
    private volatile int candidates;

    /**
     * Creates a state that begins at a random position.
     *
     * @param random must be thread-safe
     */
    public RotationState(RandomGenerator random) {
        this.random = random;
        // A start at 0 would make many nodes that start together send all callers to the same instance.
        long first = random.nextInt(Integer.MAX_VALUE);
        this.next = new AtomicLong(first);
        this.nextTrial = new AtomicLong(first * TRIAL_INTERVAL);
    }

    /** Returns the number of this call and advances the rotation. */
    long next() {
        return next.getAndIncrement();
    }

    /** Returns the number of the next call without advancing. */
    long current() {
        return next.get();
    }

    /**
     * Counts a call in which some circuit breakers are half-open.
     *
     * @param areAll whether all instances have a half-open circuit breaker
     * @return a sequence number if these instances come first in this call; otherwise null
     */
    @Nullable
    Long trial(boolean areAll) {
        long call = nextTrial.getAndIncrement();
        if (areAll) {
            return call;
        }
        // The last of ten calls, not the first: then no ten consecutive calls contain two, even if this state is
        // created anew.
        return call % TRIAL_INTERVAL == TRIAL_INTERVAL - 1 ? call / TRIAL_INTERVAL : null;
    }

    /** Returns the weighted round robin of a tier; each tier has its own. */
    SmoothWeightedRoundRobin weights(Tier tier) {
        var known = weights;
        return (known == null ? weightsOrNew() : known).of(tier);
    }

    /** Returns true if this number of candidates takes more memory than before. */
    boolean growTo(int candidates) {
        if (candidates <= this.candidates) {
            return false;
        }
        this.candidates = candidates;
        return true;
    }

    /** Returns the estimated memory in bytes. */
    public int bytes() {
        int known = candidates;
        return known == 0 ? BYTES : BYTES + WEIGHTS_BYTES + known * CANDIDATE_BYTES;
    }

    private synchronized Weights weightsOrNew() {
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
