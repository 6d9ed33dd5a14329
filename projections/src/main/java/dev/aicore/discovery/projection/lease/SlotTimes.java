package dev.aicore.discovery.projection.lease;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When the slots of one shard were last heard, and how many connections they last told of, gathered from many events in their
 * order; slots are small numbers, used densely.
 */
final class SlotTimes {

    /**
     * What was gathered of one slot.
     *
     * @param observedAt epoch milliseconds
     * @param position of the last event that spoke of it
     * @param connections the last report; null if there was none
     */
    record SlotTime(
            int shard,
            int slot,
            long observedAt,
            long position,
            @Nullable Connections connections) {}

    /**
     * A report.
     *
     * @param at when it was heard, epoch milliseconds
     * @param position of the event that has it
     */
    record Connections(int active, long at, long position) {}

    private final int shard;
    private long[] observedAt = new long[64];
    private long[] positions = new long[64];

    /** Grows when somebody tells: most never do. */
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

    /** Takes a report, which says as well that the slot was heard. The last one taken counts. */
    void onReport(int slot, int active, long at, long position) {
        onHeartbeat(slot, at, position);
        if (slot >= connections.length) {
            connections = Arrays.copyOf(connections, positions.length);
        }
        connections[slot] = new Connections(active, at, position);
    }

    /** Hands over what was gathered, in order of slots. */
    void forEach(Consumer<SlotTime> each) {
        for (int slot = 0; slot < positions.length; slot++) {
            if (positions[slot] > 0) {
                var told = slot < connections.length ? connections[slot] : null;
                each.accept(new SlotTime(shard, slot, observedAt[slot], positions[slot], told));
            }
        }
    }
}
