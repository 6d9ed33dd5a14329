package dev.aicore.discovery.projection.processing;

import java.sql.SQLException;
import java.util.Set;

/** Distinguishes a fact that can't be folded from a database that can't be used. */
public final class PoisonDetector {

    /**
     * SQLSTATE classes of data exceptions, integrity violations, exceeded limits and exceptions of triggers. All other
     * errors would affect any fact.
     */
    private static final Set<String> DATA_ERROR_CLASSES = Set.of("22", "23", "54", "P0");

    private static final int MAX_MESSAGE = 1000;

    private PoisonDetector() {}

    /** Returns true if the fact may be the cause, so that parking it helps. */
    public static boolean isSuspect(Exception failure) {
        if (!(failure instanceof SQLException sql)) {
            return true;
        }
        var state = sql.getSQLState();
        return state != null && state.length() == 5 && DATA_ERROR_CLASSES.contains(state.substring(0, 2));
    }

    /** Returns the message of a failure in a form that any text column accepts. */
    static String message(Exception failure) {
        var reported = failure.getMessage();
        return message(reported == null ? failure.getClass().getSimpleName() : reported);
    }

    /** Returns the message without NUL characters, truncated to {@link #MAX_MESSAGE} characters. */
    static String message(String reported) {
        var text = reported.replace('\0', ' ');
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
    }
}
