package dev.aicore.discovery.api.shard;

/**
 * How many calls went well, and how many didn't.
 *
 * @param successes 0 to {@value #MAX_CALLS}
 * @param failures 0 to {@value #MAX_CALLS}
 */
public record CallReport(int successes, int failures) {

    /** The most of each that one report tells. */
    public static final int MAX_CALLS = 10_000;

    private static final int BITS = 14;

    public CallReport {
        if (successes < 0
                || failures < 0
                || successes > MAX_CALLS
                || failures > MAX_CALLS
                || successes + failures == 0) {
            throw new IllegalArgumentException("A report of " + successes + " successes and " + failures
                    + " failures; expected 0 to " + MAX_CALLS + " of each, and one of either at least.");
        }
    }

    /** Both in one number, 1 or more, as an observation keeps them. */
    public int packed() {
        return successes << BITS | failures;
    }

    /**
     * The opposite of {@link #packed()}.
     *
     * @throws IllegalArgumentException if it stands for no report
     */
    public static CallReport of(int packed) {
        return new CallReport(packed >>> BITS, packed & ((1 << BITS) - 1));
    }
}
