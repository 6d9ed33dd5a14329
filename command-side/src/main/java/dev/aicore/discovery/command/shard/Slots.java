package dev.aicore.discovery.command.shard;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who sits where in the packed observations. A slot that was left is given away only after a checkpoint. */
final class Slots {

    private @Nullable Instance[] taken = new Instance[64];
    private int next;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final ArrayDeque<Integer> left = new ArrayDeque<>();

    /** The slot that the next newcomer gets; asking doesn't take it. */
    int vacant() {
        var reusable = free.peekFirst();
        return reusable == null ? next : reusable;
    }

    void take(int slot, Instance instance) {
        if (slot >= taken.length) {
            taken = Arrays.copyOf(taken, Math.max(slot + 1, taken.length * 2));
        }
        taken[slot] = instance;
        instance.slot = slot;
        if (!free.removeFirstOccurrence(slot)) {
            next = Math.max(next, slot + 1);
        }
    }

    void leave(int slot) {
        taken[slot] = null;
        left.addLast(slot);
    }

    void checkpointed() {
        free.addAll(left);
        left.clear();
    }

    /**
     * Who sits there.
     *
     * @throws IllegalStateException if nobody does: events and slots have come apart
     */
    Instance at(int slot) {
        var instance = slot < taken.length ? taken[slot] : null;
        if (instance == null) {
            throw new IllegalStateException("An observation of slot " + slot + ", which nobody holds.");
        }
        return instance;
    }

    int leftCount() {
        return left.size();
    }

    int next() {
        return next;
    }

    ArrayDeque<Integer> free() {
        return free;
    }

    ArrayDeque<Integer> left() {
        return left;
    }

    void restore(int next) {
        this.next = next;
    }
}
