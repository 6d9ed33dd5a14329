package dev.aicore.discovery.bench.store;

/** Designs of the append. */
enum AppendDesign {
    PRODUCT("one statement, two tables: the product's group commit"),
    ONE_STATEMENT("the same statement in the plain group commit of this benchmark"),
    THREE_STATEMENTS("a transaction of three statements, two tables"),
    ONE_TABLE("one statement, one table"),
    NO_GROUPS("the product's group commit, one unit per commit");

    private final String words;

    AppendDesign(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
