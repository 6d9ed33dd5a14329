package dev.aicore.discovery.command.configuration;

/**
 * Limits the cost of one validation. Counts steps instead of time, so that the same validation always has the same
 * result. The library of JSON Schema bounds no cost; the {@code CostLimited*} classes charge this budget at its
 * extension points (ADR 21).
 */
final class ValidationBudget {

    /** Maximum number of evaluated keywords, each counted once per value that it is applied to. */
    private static final int MAX_KEYWORDS = 1_000_000;

    /** Maximum number of values and characters that keywords are applied to, and of their other steps. */
    private static final int MAX_STEPS = 10_000_000;

    /** Maximum number of characters that patterns read; backtracking reads the same characters repeatedly. */
    private static final int MAX_CHARACTERS = 10_000_000;

    private static final int MAX_ERRORS = 10_000;

    private int keywords;
    private long steps;
    private long characters;
    private int errors;

    void keyword() {
        if (++keywords > MAX_KEYWORDS) {
            throw new Exhausted("more than " + MAX_KEYWORDS + " keywords would be evaluated");
        }
    }

    void steps(long number) {
        steps += number;
        if (steps > MAX_STEPS) {
            throw new Exhausted("its keywords would process more than " + MAX_STEPS + " values and characters");
        }
    }

    /**
     * Charges character reads.
     *
     * @param weight charge of one read, including the steps of the regex engine that follow it
     */
    void characters(long number, long weight) {
        characters += number * weight;
        if (characters > MAX_CHARACTERS) {
            throw new Exhausted("its patterns would read more than " + MAX_CHARACTERS + " characters");
        }
    }

    void error() {
        if (++errors > MAX_ERRORS) {
            throw new Exhausted("there are more than " + MAX_ERRORS + " errors");
        }
    }

    /** Reports that the budget is exhausted. */
    static final class Exhausted extends RuntimeException {
        Exhausted(String what) {
            super(what, null, false, false);
        }
    }
}
