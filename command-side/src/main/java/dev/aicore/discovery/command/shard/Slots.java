package dev.aicore.discovery.command.shard;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Assigns slots to instances. A vacated slot is assigned again only after a checkpoint. */
final class Slots {

    private @Nullable Instance[] instances = new Instance[64];
    private int next;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final ArrayDeque<Integer> vacated = new ArrayDeque<>();

    /** Returns the slot for the next instance, without assigning it. */
    int nextVacant() {
        var reusable = free.peekFirst();
        return reusable == null ? next : reusable;
    }

    /**
     * Assigns a slot to an instance.
     *
     * @throws IllegalStateException if the slot has an occupant, i.e. events and slots are inconsistent
     */
    void occupy(int slot, Instance instance) {
        if (slot >= instances.length) {
            instances = Arrays.copyOf(instances, Math.max(slot + 1, instances.length * 2));
        }
        if (instances[slot] != null) {
            throw new IllegalStateException("Slot " + slot + " is occupied by " + instances[slot].id
                    + ", and was assigned to " + instance.id + ".");
        }
        instances[slot] = instance;
        instance.slot = slot;
        if (!free.removeFirstOccurrence(slot)) {
            next = Math.max(next, slot + 1);
        }
    }

    void vacate(int slot) {
        instances[slot] = null;
        vacated.addLast(slot);
    }

    void checkpointed() {
        free.addAll(vacated);
        vacated.clear();
    }

    /**
     * Returns the occupant of a slot.
     *
     * @throws IllegalStateException if there is none, i.e. events and slots are inconsistent
     */
    Instance at(int slot) {
        var instance = slot < instances.length ? instances[slot] : null;
        if (instance == null) {
            throw new IllegalStateException("The observation names the vacant slot " + slot + ".");
        }
        return instance;
    }

    /** Makes a vacated slot reusable although no checkpoint is known since. */
    void free(int slot) {
        if (vacated.removeFirstOccurrence(slot)) {
            free.addLast(slot);
        }
    }

    /** Returns the occupant of a slot; null if there is none. */
    @Nullable
    Instance occupant(int slot) {
        return slot < instances.length ? instances[slot] : null;
    }

    int vacatedCount() {
        return vacated.size();
    }

    int next() {
        return next;
    }

    /** Returns the reusable slots, in the order in which they are assigned. */
    Collection<Integer> free() {
        return Collections.unmodifiableCollection(free);
    }

    /** Returns the vacated slots that need a checkpoint, in the order in which they were vacated. */
    Collection<Integer> vacated() {
        return Collections.unmodifiableCollection(vacated);
    }

    /** Returns all occupants in the order of their slots. */
    Stream<Instance> occupants() {
        return Arrays.stream(instances, 0, Math.min(next, instances.length)).filter(Objects::nonNull);
    }

    /** Sets what a snapshot contains besides the occupants. */
    void restore(int next, Collection<Integer> free, Collection<Integer> left) {
        this.next = next;
        this.free.addAll(free);
        this.vacated.addAll(left);
    }
}
