package dev.aicore.discovery.projection.lease;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the last heartbeat and the last reported connections of each slot of one shard. Events must be added in
 * order. Stored in arrays, because slots are small and dense numbers.
 */
final class SlotTimes {

    /**
     * Last observations of one slot.
     *
     * @param observedAt time of the last observation in epoch milliseconds
     * @param position position of the last event with an observation of the slot
     * @param connections last report; null if there was none
     */
    record SlotTime(
            int shard,
            int slot,
            long observedAt,
            long position,
            @Nullable Connections connections) {}

    /**
     * Report of active connections.
     *
     * @param at time of the report in epoch milliseconds
     * @param position position of the event that contains it
     */
    record Connections(int active, long at, long position) {}

    private final int shard;
    private long[] observedAt = new long[64];
    private long[] positions = new long[64];

    /** Grows with the first report: most instances never report connections. */
    private @Nullable Connections[] connections = {};

    SlotTimes(int shard) {
        this.shard = shard;
    }

    void onHeartbeat(int slot, long at, long position) {
        if (slot >= positions.length) {
            int size = Math.max(slot + 1, positions.length * 2);
            observedAt = Arrays.copyOf(observedAt, size);
            positions = Arrays.copyOf(positions, size);
        }
        observedAt[slot] = Math.max(observedAt[slot], at);
        positions[slot] = Math.max(positions[slot], position);
    }

    /** Adds a report of connections, which also counts as a heartbeat. It replaces the previous report of the slot. */
    void onReport(int slot, int active, long at, long position) {
        onHeartbeat(slot, at, position);
        if (slot >= connections.length) {
            connections = Arrays.copyOf(connections, positions.length);
        }
        connections[slot] = new Connections(active, at, position);
    }

    /** Passes the observed slots to the consumer, in order of slots. */
    void forEach(Consumer<SlotTime> each) {
        for (int slot = 0; slot < positions.length; slot++) {
            if (positions[slot] > 0) {
                var report = slot < connections.length ? connections[slot] : null;
                each.accept(new SlotTime(shard, slot, observedAt[slot], positions[slot], report));
            }
        }
    }
}
