package dev.aicore.discovery.client.balancing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Smooth weighted round robin as in nginx: in each call every candidate's credit grows by its weight, and the candidate
 * with the highest credit pays the sum of all weights. Over as many calls as that sum, each candidate is picked exactly
 * as often as its weight, with heavy candidates spread between light ones. Thread-safe.
 */
public final class SmoothRotation<T extends PickCandidate> {

    private final RandomGenerator random;
    private List<T> candidates = List.of();
    private long[] credits = {};
    private long sum;

    /** Index at which the search among equal credits begins, so that processes that start together differ. */
    private int first;

    /**
     * Creates a rotation.
     *
     * @param random draws the start
     */
    public SmoothRotation(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns the pick and advances the rotation; null if there is no candidate. Candidates that stay keep their
     * credit, unless a weight changed.
     *
     * @param present the candidates; must not be modified later
     */
    // Identity suffices: a list with the same candidates is adopted with the same result.
    @SuppressWarnings("ReferenceEquality")
    public synchronized @Nullable T next(List<T> present) {
        if (present.isEmpty()) {
            return null;
        }
        if (present != candidates) {
            adopt(present);
        }
        int richest = first;
        for (int i = 0; i < credits.length; i++) {
            int place = first + i < credits.length ? first + i : first + i - credits.length;
            credits[place] += candidates.get(place).weight();
            if (credits[place] > credits[richest]) {
                richest = place;
            }
        }
        credits[richest] -= sum;
        return candidates.get(richest);
    }

    private void adopt(List<T> present) {
        var before = places();
        var known = candidates;
        var earned = credits;
        candidates = present;
        credits = new long[present.size()];
        sum = present.stream().mapToLong(PickCandidate::weight).sum();
        first = known.isEmpty() ? random.nextInt(credits.length) : first % credits.length;
        for (int place = 0; place < credits.length; place++) {
            Integer was = before.get(present.get(place).id());
            if (was == null) {
                continue;
            }
            if (known.get(was).weight() != present.get(place).weight()) {
                credits = new long[present.size()];
                return;
            }
            credits[place] = Math.max(-sum, Math.min(sum, earned[was]));
        }
    }

    private Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (int place = 0; place < candidates.size(); place++) {
            places.put(candidates.get(place).id(), place);
        }
        return places;
    }
}
