package dev.aicore.discovery.eventstore;

import java.sql.SQLException;
import java.util.Set;

/** What an SQL error of an append in autocommit means. */
enum AppendErrorType {
    /** The data is at fault: some unit of the group, the others may go on. */
    REJECTED_REQUEST,
    /** Nothing was appended, and the database can't take anything now. */
    REFUSED,
    /** The connection broke: the statement may have been committed or not. */
    UNKNOWN;

    /** Data exception, integrity constraint violation. */
    private static final Set<String> GUILTY_CLASSES = Set.of("22", "23");
    /** Transaction state, rollback, access rules, resources, limits, prerequisites. */
    private static final Set<String> REFUSED_CLASSES = Set.of("25", "40", "42", "53", "54", "55");

    private static final String QUERY_CANCELED = "57014";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String DISK_FULL = "53100";
    private static final String KEYS = "idempotency_pkey";

    static AppendErrorType of(SQLException error) {
        var state = error.getSQLState();
        if (state == null || state.length() != 5) {
            return UNKNOWN;
        }
        if (GUILTY_CLASSES.contains(state.substring(0, 2))) {
            return REJECTED_REQUEST;
        }
        return REFUSED_CLASSES.contains(state.substring(0, 2)) || state.equals(QUERY_CANCELED) ? REFUSED : UNKNOWN;
    }

    /** A duplicate not of an event, but of a key: in whatever language, the database says of which constraint. */
    static boolean isTakenKey(SQLException error) {
        return isDuplicate(error) && String.valueOf(error.getMessage()).contains(KEYS);
    }

    static boolean isDuplicate(SQLException error) {
        return UNIQUE_VIOLATION.equals(error.getSQLState());
    }

    /** The database has no room on its disk. */
    static boolean isFull(SQLException error) {
        return DISK_FULL.equals(error.getSQLState());
    }
}
