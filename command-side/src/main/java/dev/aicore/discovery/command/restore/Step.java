package dev.aicore.discovery.command.restore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about one instance.
 *
 * @param then null if it wasn't there
 * @param now null if it isn't there
 */
record Step(
        String id,
        Kind kind,
        @Nullable Known then,
        @Nullable Known now) {

    /** How the instance is different from what it was. */
    enum Kind {
        /** It went since then, and is brought back. */
        MISSING,
        /** Something else is declared since then: a conflict. */
        CHANGED,
        /** It came since then: a conflict. */
        ADDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isConflict() {
            return this != MISSING;
        }
    }

    /** Whether it is done: conflicts only if that is asked for. */
    boolean isDue(boolean force) {
        return force || !kind.isConflict();
    }

    /** What names the step and what it goes by: another one is another plan. */
    String fingerprint() {
        return kind + " " + id + " " + (then == null ? "" : then.tag()) + " " + (now == null ? "" : now.tag());
    }
}
