package dev.aicore.discovery.eventstore;

import java.sql.SQLException;
import java.util.Set;

/** Classifies the SQL errors of an append in autocommit mode. */
enum AppendErrorType {
    /** The data of one request in the group is at fault; the other requests may be appended. */
    REJECTED_REQUEST,
    /** Nothing was appended, and the database can't accept appends at present. */
    REFUSED,
    /** The connection broke; the statement may or may not have been committed. */
    UNKNOWN;

    /** SQLSTATE classes: data exception, integrity constraint violation. */
    private static final Set<String> REJECTED_CLASSES = Set.of("22", "23");
    /**
     * SQLSTATE classes: invalid transaction state, transaction rollback, access rule violation, insufficient resources,
     * program limit exceeded, object not in prerequisite state.
     */
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
        if (REJECTED_CLASSES.contains(state.substring(0, 2))) {
            return REJECTED_REQUEST;
        }
        return REFUSED_CLASSES.contains(state.substring(0, 2)) || state.equals(QUERY_CANCELED) ? REFUSED : UNKNOWN;
    }

    /**
     * Returns true if an idempotency key, rather than an event, is a duplicate. The message contains the constraint's
     * name in every language of the database.
     */
    static boolean isDuplicateKey(SQLException error) {
        return isDuplicate(error) && String.valueOf(error.getMessage()).contains(KEYS);
    }

    static boolean isDuplicate(SQLException error) {
        return UNIQUE_VIOLATION.equals(error.getSQLState());
    }

    /** Returns true if the database's disk is full. */
    static boolean isFull(SQLException error) {
        return DISK_FULL.equals(error.getSQLState());
    }
}
