package dev.aicore.discovery.eventstore;

/** Hears of the lane's fortunes. Called on the lane's thread, or on that of who suspends it: must return at once, and not throw. */
public interface AppendListener {

    /**
     * A group has become durable. Its writers are answered after this call.
     *
     * @param group the events, which nobody may change
     */
    default void onAppended(AppendedGroup group) {}

    /**
     * The writer has made sure that it still is the only one.
     *
     * @param position of the last event of the store
     */
    default void onConfirmed(long position) {}

    /** The store can't be written; appends are refused until {@link #onRecovered()}. */
    default void onOutage(String reason) {}

    /** The store can be written again, by this same writer. */
    default void onRecovered() {}

    /** Another writer owns the store; this lane has stopped for good. */
    default void onDeposed(DeposedException reason) {}
}
