package dev.aicore.discovery.command.configuration;

/** How much one check may take: a count of steps and not a time, so that the same check always ends the same way. */
final class ValidationBudget {

    /** Keywords of the schema that are looked at, each with each value that it applies to. */
    private static final int MAX_KEYWORDS = 1_000_000;

    /** Values and characters that keywords are applied to, and what else they go through. */
    private static final int MAX_STEPS = 10_000_000;

    /** Characters that patterns look at: one that tries again and again looks at the same ones. */
    private static final int MAX_CHARACTERS = 10_000_000;

    private static final int MAX_ERRORS = 10_000;

    private int keywords;
    private long steps;
    private long characters;
    private int errors;

    void keyword() {
        if (++keywords > MAX_KEYWORDS) {
            throw new Exhausted("more than " + MAX_KEYWORDS + " keywords would have to be looked at");
        }
    }

    void steps(long number) {
        steps += number;
        if (steps > MAX_STEPS) {
            throw new Exhausted("its keywords would have to look at more than " + MAX_STEPS + " values and characters");
        }
    }

    /** @param weight what it counts for, with what is done beside it */
    void characters(long number, long weight) {
        characters += number * weight;
        if (characters > MAX_CHARACTERS) {
            throw new Exhausted("its patterns would have to look at more than " + MAX_CHARACTERS + " characters");
        }
    }

    void error() {
        if (++errors > MAX_ERRORS) {
            throw new Exhausted("there are more than " + MAX_ERRORS + " errors");
        }
    }

    /** There is nothing left. */
    static final class Exhausted extends RuntimeException {
        Exhausted(String what) {
            super(what, null, false, false);
        }
    }
}
