package dev.aicore.discovery.config.eventstore;

/** Hears of the lane's fortunes. Called on the lane's thread: must return at once, and not throw. */
public interface AppendListener {

    /**
     * A group has become durable.
     *
     * @param position of its last event
     * @param hasFacts whether there is a fact in it
     */
    default void onAppended(long position, boolean hasFacts) {}

    /** The store can't be written; appends are refused until {@link #onRecovered()}. */
    default void onOutage(String reason) {}

    /** The store can be written again, by this same writer. */
    default void onRecovered() {}

    /** Another writer owns the store; this lane has stopped for good. */
    default void onDeposed(DeposedException reason) {}
}
