package dev.aicore.discovery.dialect.consul.filter;

/** Operator of a comparison. */
enum FilterOperator {
    EQUAL("==", false),
    NOT_EQUAL("!=", true),
    CONTAINS("contains", false),
    NOT_CONTAINS("not contains", true),
    EMPTY("is empty", true),
    NOT_EMPTY("is not empty", false),
    MATCHES("matches", false),
    NOT_MATCHES("not matches", true);

    private final String spelling;
    private final boolean resultIfAbsent;

    FilterOperator(String spelling, boolean resultIfAbsent) {
        this.spelling = spelling;
        this.resultIfAbsent = resultIfAbsent;
    }

    String spelling() {
        return spelling;
    }

    /** Returns the result for a key that the map doesn't have. */
    boolean resultIfAbsent() {
        return resultIfAbsent;
    }

    /** Returns true if the operator negates the one before it. */
    boolean isNegated() {
        return switch (this) {
            case NOT_EQUAL, NOT_CONTAINS, NOT_EMPTY, NOT_MATCHES -> true;
            case EQUAL, CONTAINS, EMPTY, MATCHES -> false;
        };
    }

    boolean hasValue() {
        return this != EMPTY && this != NOT_EMPTY;
    }
}
