package dev.aicore.discovery.projection.lease;

import java.util.Arrays;
import java.util.function.Consumer;

/** When the slots of one shard were last heard, gathered from many events; slots are small numbers, used densely. */
final class SlotTimes {

    /**
     * What was gathered of one slot.
     *
     * @param observedAt epoch milliseconds
     * @param position of the last event that spoke of it
     */
    record SlotTime(int shard, int slot, long observedAt, long position) {}

    private final int shard;
    private long[] observedAt = new long[64];
    private long[] positions = new long[64];

    SlotTimes(int shard) {
        this.shard = shard;
    }

    void heard(int slot, long at, long position) {
        if (slot >= positions.length) {
            int size = Math.max(slot + 1, positions.length * 2);
            observedAt = Arrays.copyOf(observedAt, size);
            positions = Arrays.copyOf(positions, size);
        }
        observedAt[slot] = Math.max(observedAt[slot], at);
        positions[slot] = Math.max(positions[slot], position);
    }

    /** Hands over what was gathered, in order of slots. */
    void forEach(Consumer<SlotTime> each) {
        for (int slot = 0; slot < positions.length; slot++) {
            if (positions[slot] > 0) {
                each.accept(new SlotTime(shard, slot, observedAt[slot], positions[slot]));
            }
        }
    }
}
