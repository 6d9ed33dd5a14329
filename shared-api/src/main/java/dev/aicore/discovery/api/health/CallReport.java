package dev.aicore.discovery.api.health;

/**
 * Report of a caller: the numbers of its successful and failed calls of an instance. At least one of both is positive.
 *
 * @param successes 0 to {@value #MAX_CALLS}
 * @param failures 0 to {@value #MAX_CALLS}
 */
public record CallReport(int successes, int failures) {

    /** Maximum of each number in one report. */
    public static final int MAX_CALLS = 10_000;

    private static final int BITS = 14;

    public CallReport {
        if (successes < 0
                || failures < 0
                || successes > MAX_CALLS
                || failures > MAX_CALLS
                || successes + failures == 0) {
            throw new IllegalArgumentException("Invalid report: " + successes + " successes and " + failures
                    + " failures; expected 0 to " + MAX_CALLS + " of each, and at least one call.");
        }
    }

    /** Returns both numbers packed into one, 1 or more, as stored in an observation. */
    public int packed() {
        return successes << BITS | failures;
    }

    /**
     * Unpacks a number that {@link #packed()} returned.
     *
     * @throws IllegalArgumentException if the number is not a valid report
     */
    public static CallReport of(int packed) {
        return new CallReport(packed >>> BITS, packed & ((1 << BITS) - 1));
    }
}
