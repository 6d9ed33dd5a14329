package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.balancing.Groups.Group;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whose turn it is, for one service and set of filters. For use by many threads. */
final class Turns {

    private static final int BYTES = 100;
    private static final int WEIGHTS_BYTES = 300;

    /** With an id that nothing else keeps any more. */
    private static final int CANDIDATE_BYTES = 110;

    private final RandomGenerator random;
    private final AtomicLong next;
    private volatile @Nullable Weights weights;
    private volatile int candidates;

    /** @param random says where it begins; safe for use by many threads */
    Turns(RandomGenerator random) {
        this.random = random;
        // Not from 0: many nodes that start together would send everybody to the same instance.
        this.next = new AtomicLong(random.nextInt(Integer.MAX_VALUE));
    }

    /** One more each time. */
    long next() {
        return next.getAndIncrement();
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
