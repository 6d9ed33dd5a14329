package dev.aicore.discovery.query.cache;

/**
 * State of the event store when this process first read it.
 *
 * @param id incarnation of the store
 * @param position position of the last event
 * @param at time before the read, in milliseconds since 1970
 */
record StoreState(String id, long position, long at) {

    /**
     * Returns true if data of this store may describe its present. Data that was written before this process read the
     * store, but of a later position, is from before a restore of a backup: the store has lost those events.
     *
     * @param reached position that the data reflects
     * @param writtenAt time at which the data was written, in milliseconds since 1970
     */
    boolean includes(long reached, long writtenAt) {
        return reached <= position || writtenAt > at;
    }
}
