package dev.aicore.discovery.command.configuration;

/**
 * A part of a pattern, by what it may do without a look at a character.
 *
 * @param emptiable whether it may match nothing; what may not looks at a character
 * @param steps     that it takes at most, to match nothing in one way
 * @param ways      in which it may match nothing, at most
 */
record PatternPart(boolean emptiable, double steps, double ways) {

    static final PatternPart NOTHING = new PatternPart(true, 0, 1);
    static final PatternPart ANCHOR = new PatternPart(true, 1, 1);
    static final PatternPart CHARACTER = new PatternPart(false, 0, 1);

    PatternPart then(PatternPart next) {
        return new PatternPart(emptiable && next.emptiable, steps + next.steps, ways * next.ways);
    }

    PatternPart or(PatternPart other) {
        boolean both = emptiable && other.emptiable;
        return new PatternPart(
                emptiable || other.emptiable,
                steps + other.steps + 1,
                both ? ways + other.ways : Math.max(ways, other.ways));
    }

    PatternPart grouped() {
        return new PatternPart(emptiable, steps + 1, ways);
    }

    /** Looked at in any way, and then never again. */
    PatternPart aside() {
        return new PatternPart(true, weight() + 1, 1);
    }

    /**
     * Gone through so often at least, also where it matches nothing.
     *
     * @param more whether it may be once more, or not
     */
    PatternPart repeated(double least, boolean more) {
        double times = Math.max(1, least);
        return emptiable
                ? new PatternPart(true, times * (steps + 1), Math.pow(ways, times) + (more ? 1 : 0))
                : new PatternPart(least == 0, steps + 1, ways);
    }

    /** All that it may do. */
    double weight() {
        return steps * ways;
    }
}
