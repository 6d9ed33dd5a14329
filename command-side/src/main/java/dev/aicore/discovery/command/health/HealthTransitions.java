package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.shard.ByteReader;
import dev.aicore.discovery.api.shard.ByteWriter;
import java.util.Arrays;

/** When an instance's health last turned: the last few times, epoch milliseconds. It never changes. */
public final class HealthTransitions {

    /** It has not turned yet. */
    public static final HealthTransitions NONE = new HealthTransitions(new long[0]);

    /** One more than the most that any setting lets pass, less the one that is being decided. */
    private static final int MAX_TRANSITIONS = 15;

    private final long[] times;

    private HealthTransitions(long[] times) {
        this.times = times;
    }

    /** These, and one more. */
    public HealthTransitions and(long at) {
        int kept = Math.min(times.length, MAX_TRANSITIONS - 1);
        var more = Arrays.copyOfRange(times, times.length - kept, times.length + 1);
        more[kept] = at;
        return new HealthTransitions(more);
    }

    /** How many were later than that. */
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
     * The opposite of {@link #write}.
     *
     * @throws IllegalArgumentException if there are more than were ever kept, or fewer than announced
     */
    public static HealthTransitions read(ByteReader in) {
        int count = in.countOf(1);
        if (count > MAX_TRANSITIONS) {
            throw new IllegalArgumentException(count + " turns, of at most " + MAX_TRANSITIONS + ".");
        }
        var times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = in.readVarint();
        }
        return count == 0 ? NONE : new HealthTransitions(times);
    }
}
