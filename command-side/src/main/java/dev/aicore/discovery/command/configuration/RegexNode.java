package dev.aicore.discovery.command.configuration;

/**
 * A part of a pattern, by what it may do without a look at a character.
 *
 * @param emptiable whether it may match nothing; what may not looks at a character
 * @param steps     that it takes at most, to match nothing in one way
 * @param ways      in which it may match nothing, at most
 */
record RegexNode(boolean emptiable, double steps, double ways) {

    static final RegexNode NOTHING = new RegexNode(true, 0, 1);
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

    /** Looked at in any way, and then never again. */
    RegexNode aside() {
        return new RegexNode(true, weight() + 1, 1);
    }

    /**
     * Gone through so often at least, also where it matches nothing.
     *
     * @param more whether it may be once more, or not
     */
    RegexNode repeated(double least, boolean more) {
        double times = Math.max(1, least);
        return emptiable
                ? new RegexNode(true, times * (steps + 1), Math.pow(ways, times) + (more ? 1 : 0))
                : new RegexNode(least == 0, steps + 1, ways);
    }

    /** All that it may do. */
    double weight() {
        return steps * ways;
    }
}
