package dev.aicore.discovery.projection.processing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is.
 *
 * @param position up to which its tables are complete
 * @param head the last position of the store, as last seen
 * @param lag events between the two
 * @param reason why it failed, in one word that stays the same, such as {@code newer_event}; null while it is live
 * @param detail why it failed, in a sentence; null while it is live
 * @param segments how many of its parts this node folds
 * @param parked facts that couldn't be folded, and those that wait for them
 */
public record ProjectionStatus(
        String name,
        long position,
        long head,
        long lag,
        State state,
        @Nullable String reason,
        @Nullable String detail,
        int segments,
        long parked) {

    /** Whether it goes on by itself. */
    public enum State {
        LIVE,
        FAILED;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
