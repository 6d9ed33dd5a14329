package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.balancing.Groups.Group;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whose turn it is, for one service and set of filters. For use by many threads. */
final class Turns {

    /** Those whose circuit is half open come first in one of so many calls, and last in the others. */
    private static final int TRIED_ONCE_IN = 10;

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
    Turns(RandomGenerator random) {
        this.random = random;
        // Not from 0: many nodes that start together would send everybody to the same instance.
        long first = random.nextInt(Integer.MAX_VALUE);
        this.next = new AtomicLong(first);
        this.nextWithTried = new AtomicLong(first * TRIED_ONCE_IN);
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
        return call % TRIED_ONCE_IN == TRIED_ONCE_IN - 1 ? call / TRIED_ONCE_IN : null;
    }

    /** By weight, in each of the groups by itself. */
    SmoothWeights weights(Group group) {
        var known = weights;
        return (known == null ? begun() : known).of(group);
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

        private final SmoothWeights preferred;
        private final SmoothWeights others;
        private final SmoothWeights overdue;
        private final SmoothWeights tried;
        private final SmoothWeights last;

        Weights(RandomGenerator random) {
            preferred = new SmoothWeights(random);
            others = new SmoothWeights(random);
            overdue = new SmoothWeights(random);
            tried = new SmoothWeights(random);
            last = new SmoothWeights(random);
        }

        SmoothWeights of(Group group) {
            return switch (group) {
                case PREFERRED -> preferred;
                case OTHERS -> others;
                case OVERDUE -> overdue;
                case TRIED -> tried;
                case LAST -> last;
            };
        }
    }
}
