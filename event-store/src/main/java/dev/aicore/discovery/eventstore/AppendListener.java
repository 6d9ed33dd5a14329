package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import java.util.List;

/**
 * Receives the state changes of the appender. The methods are called on the appender's thread, or on the thread that
 * suspends or resumes the appender. They must return at once and must not throw.
 */
public interface AppendListener {

    /**
     * Called when a group has become durable, before the callers get their results.
     *
     * @param group the events, which must not be changed
     */
    default void onAppended(AppendedGroup group) {}

    /**
     * Called when the writer has confirmed that it still is the only writer.
     *
     * @param position position of the last event of the store
     */
    default void onConfirmed(long position) {}

    /** Called when the store can't be written. Appends are refused until {@link #onRecovered()}. */
    default void onOutage(String reason) {}

    /** Called when the same owner can write to the store again. */
    default void onRecovered() {}

    /**
     * Called when this process has claimed the store, which another node may have written since. Appends are accepted.
     */
    default void onClaimed() {}

    /** Called after {@link #onOutage} when another node may have claimed the store, until {@link #onClaimed()}. */
    default void onDeposed(DeposedException reason) {}

    /**
     * Group of events that one statement made durable.
     *
     * @param receipt positions of the events, which are consecutive, and their recording time
     * @param events events in order of position
     */
    record AppendedGroup(AppendResult receipt, List<NewEvent> events) {

        /** Returns the position of the last fact; 0 if the group has none. */
        public long lastFact() {
            for (int i = events.size() - 1; i >= 0; i--) {
                if (events.get(i).fact()) {
                    return receipt.firstPosition() + i;
                }
            }
            return 0;
        }
    }
}
