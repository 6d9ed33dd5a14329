package dev.aicore.discovery.bench.store;

/** Designs of the append. */
enum AppendDesign {
    PRODUCT("one statement, two tables: the product's lane"),
    ONE_STATEMENT("the same statement in the plain lane of this benchmark"),
    THREE_STATEMENTS("a transaction of three statements, two tables"),
    ONE_TABLE("one statement, one table"),
    NO_GROUPS("the product's lane, one unit a commit");

    private final String words;

    AppendDesign(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
