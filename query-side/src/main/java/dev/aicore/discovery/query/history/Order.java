package dev.aicore.discovery.query.history;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which entries come first. */
enum Order {
    OLDEST_FIRST("ASC", ">", 0),
    NEWEST_FIRST("DESC", "<", Long.MAX_VALUE);

    private final String sql;
    private final String beyond;
    private final long start;

    Order(String sql, String beyond, long start) {
        this.sql = sql;
        this.beyond = beyond;
        this.start = start;
    }

    /** By the names in requests. */
    static Map<String, Order> byWord() {
        var byWord = new LinkedHashMap<String, Order>();
        byWord.put("asc", OLDEST_FIRST);
        byWord.put("desc", NEWEST_FIRST);
        return byWord;
    }

    String sql() {
        return sql;
    }

    /** How positions further on compare with one. */
    String beyond() {
        return beyond;
    }

    /** The position that all others are beyond. */
    long start() {
        return start;
    }
}
