package dev.aicore.discovery.command.configuration;

/**
 * Part of a pattern, with the cost of matching it without a character read.
 *
 * @param emptiable true if it may match the empty string; otherwise it reads a character
 * @param steps maximum number of steps of one way to match the empty string
 * @param ways maximum number of ways to match the empty string
 */
record RegexNode(boolean emptiable, double steps, double ways) {

    static final RegexNode EMPTY = new RegexNode(true, 0, 1);
    static final RegexNode ANCHOR = new RegexNode(true, 1, 1);
    static final RegexNode CHARACTER = new RegexNode(false, 0, 1);

    RegexNode then(RegexNode next) {
        return new RegexNode(emptiable && next.emptiable, steps + next.steps, ways * next.ways);
    }

    RegexNode or(RegexNode other) {
        boolean both = emptiable && other.emptiable;
        return new RegexNode(
                emptiable || other.emptiable,
                steps + other.steps + 1,
                both ? ways + other.ways : Math.max(ways, other.ways));
    }

    RegexNode grouped() {
        return new RegexNode(emptiable, steps + 1, ways);
    }

    /** Returns a lookaround of this part, which is matched in any way and then never again. */
    RegexNode asLookaround() {
        return new RegexNode(true, weight() + 1, 1);
    }

    /**
     * Returns a repetition of this part.
     *
     * @param min minimum number of repetitions, also of empty matches
     * @param more true if one more repetition is possible
     */
    RegexNode repeat(double min, boolean more) {
        double times = Math.max(1, min);
        return emptiable
                ? new RegexNode(true, times * (steps + 1), Math.pow(ways, times) + (more ? 1 : 0))
                : new RegexNode(min == 0, steps + 1, ways);
    }

    /** Returns the maximum number of steps over all ways. */
    double weight() {
        return steps * ways;
    }
}
