package dev.aicore.discovery.command.shard.policy;

import dev.aicore.discovery.api.shard.ByteReader;
import dev.aicore.discovery.api.shard.ByteWriter;
import java.util.Arrays;

/** Times of the last changes of an instance's health, in epoch milliseconds. Immutable. */
public final class HealthTransitions {

    /** No changes. */
    public static final HealthTransitions NONE = new HealthTransitions(new long[0]);

    /**
     * Maximum number of changes: the highest number that a setting can tolerate, plus one, minus the change that is
     * being decided.
     */
    private static final int MAX_TRANSITIONS = 15;

    private final long[] times;

    private HealthTransitions(long[] times) {
        this.times = times;
    }

    /** Returns these changes and one more. The oldest is dropped if there are too many. */
    public HealthTransitions and(long at) {
        int count = Math.min(times.length, MAX_TRANSITIONS - 1);
        var more = Arrays.copyOfRange(times, times.length - count, times.length + 1);
        more[count] = at;
        return new HealthTransitions(more);
    }

    /** Returns the number of changes after a time. */
    int since(long then) {
        return (int) Arrays.stream(times).filter(time -> time > then).count();
    }

    public void write(ByteWriter out) {
        out.writeVarint(times.length);
        for (long time : times) {
            out.writeVarint(time);
        }
    }

    /**
     * Reads changes from the form of {@link #write}.
     *
     * @throws IllegalArgumentException if there are more changes than the maximum, or fewer than announced
     */
    public static HealthTransitions read(ByteReader in) {
        int count = in.countOf(1);
        if (count > MAX_TRANSITIONS) {
            throw new IllegalArgumentException(count + " health transitions; the maximum is " + MAX_TRANSITIONS + ".");
        }
        var times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = in.readVarint();
        }
        return count == 0 ? NONE : new HealthTransitions(times);
    }
}
