package dev.aicore.discovery.command.shard;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Stream;
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

    /**
     * Seats a newcomer.
     *
     * @throws IllegalStateException if somebody sits there: events and slots have come apart
     */
    void take(int slot, Instance instance) {
        if (slot >= taken.length) {
            taken = Arrays.copyOf(taken, Math.max(slot + 1, taken.length * 2));
        }
        if (taken[slot] != null) {
            throw new IllegalStateException(
                    "Slot " + slot + " is held by " + taken[slot].id + ", and was given to " + instance.id + ".");
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

    /** Gives a slot free that was left, though no checkpoint is known since. */
    void free(int slot) {
        if (left.removeFirstOccurrence(slot)) {
            free.addLast(slot);
        }
    }

    /** Who sits there; null if nobody does. */
    @Nullable
    Instance occupant(int slot) {
        return slot < taken.length ? taken[slot] : null;
    }

    int leftCount() {
        return left.size();
    }

    int next() {
        return next;
    }

    /** Those to be given away again, in that order. */
    Collection<Integer> free() {
        return Collections.unmodifiableCollection(free);
    }

    /** Those that wait for a checkpoint, in the order in which they were left. */
    Collection<Integer> left() {
        return Collections.unmodifiableCollection(left);
    }

    /** Everybody who has a seat, in the order of their slots. */
    Stream<Instance> occupants() {
        return Arrays.stream(taken, 0, Math.min(next, taken.length)).filter(Objects::nonNull);
    }

    /** What a snapshot says beside who sits where. */
    void restore(int next, Collection<Integer> free, Collection<Integer> left) {
        this.next = next;
        this.free.addAll(free);
        this.left.addAll(left);
    }
}
