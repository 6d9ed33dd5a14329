package dev.aicore.discovery.query.history;

import dev.aicore.discovery.web.Choices;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Order of entries by position. */
enum EntryOrder {
    OLDEST_FIRST("ASC", ">", 0),
    NEWEST_FIRST("DESC", "<", Long.MAX_VALUE);

    private final String sql;
    private final String operator;
    private final long start;

    EntryOrder(String sql, String operator, long start) {
        this.sql = sql;
        this.operator = operator;
        this.start = start;
    }

    /** Returns the orders by their names in requests. */
    static Choices<EntryOrder> byWord() {
        return Choices.of(List.of(values()), order -> order.sql.toLowerCase(Locale.ROOT));
    }

    EntryOrder opposite() {
        return this == OLDEST_FIRST ? NEWEST_FIRST : OLDEST_FIRST;
    }

    /** Returns the comparator of positions. */
    Comparator<Long> comparator() {
        return this == OLDEST_FIRST ? Comparator.naturalOrder() : Comparator.reverseOrder();
    }

    boolean isBeyond(long position, long other) {
        return comparator().compare(position, other) > 0;
    }

    /** Returns the position that comes first in this order. */
    long first(long position, long other) {
        return isBeyond(position, other) ? other : position;
    }

    String sql() {
        return sql;
    }

    /** Returns the SQL operator that selects positions further on than a given position. */
    String operator() {
        return operator;
    }

    /** Returns the position before all others in this order. */
    long start() {
        return start;
    }
}
