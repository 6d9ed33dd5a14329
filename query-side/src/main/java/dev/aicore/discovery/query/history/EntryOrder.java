package dev.aicore.discovery.query.history;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which entries come first. */
enum EntryOrder {
    OLDEST_FIRST("ASC", ">", 0),
    NEWEST_FIRST("DESC", "<", Long.MAX_VALUE);

    private final String sql;
    private final String beyond;
    private final long start;

    EntryOrder(String sql, String beyond, long start) {
        this.sql = sql;
        this.beyond = beyond;
        this.start = start;
    }

    /** By the names in requests. */
    static Map<String, EntryOrder> byWord() {
        var byWord = new LinkedHashMap<String, EntryOrder>();
        byWord.put("asc", OLDEST_FIRST);
        byWord.put("desc", NEWEST_FIRST);
        return byWord;
    }

    EntryOrder opposite() {
        return this == OLDEST_FIRST ? NEWEST_FIRST : OLDEST_FIRST;
    }

    /** Of positions. */
    Comparator<Long> comparator() {
        return this == OLDEST_FIRST ? Comparator.naturalOrder() : Comparator.reverseOrder();
    }

    boolean isBeyond(long position, long other) {
        return comparator().compare(position, other) > 0;
    }

    /** The one that comes first. */
    long nearer(long position, long other) {
        return isBeyond(position, other) ? other : position;
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
