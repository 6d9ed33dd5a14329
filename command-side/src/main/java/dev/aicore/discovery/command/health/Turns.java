package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.shard.Bytes;
import dev.aicore.discovery.api.shard.BytesReader;
import java.util.Arrays;

/** When an instance's health last turned: the last few times, epoch milliseconds. It never changes. */
public final class Turns {

    /** It has not turned yet. */
    public static final Turns NONE = new Turns(new long[0]);

    /** One more than the most that any setting lets pass, less the one that is being decided. */
    private static final int MOST = 15;

    private final long[] times;

    private Turns(long[] times) {
        this.times = times;
    }

    /** These, and one more. */
    public Turns and(long at) {
        int kept = Math.min(times.length, MOST - 1);
        var more = Arrays.copyOfRange(times, times.length - kept, times.length + 1);
        more[kept] = at;
        return new Turns(more);
    }

    /** How many were later than that. */
    int since(long then) {
        return (int) Arrays.stream(times).filter(time -> time > then).count();
    }

    public void write(Bytes out) {
        out.varint(times.length);
        for (long time : times) {
            out.varint(time);
        }
    }

    /**
     * The opposite of {@link #write}.
     *
     * @throws IllegalArgumentException if there are more than were ever kept, or fewer than announced
     */
    public static Turns read(BytesReader in) {
        int count = in.countOf(1);
        if (count > MOST) {
            throw new IllegalArgumentException(count + " turns, of at most " + MOST + ".");
        }
        var times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = in.varint();
        }
        return count == 0 ? NONE : new Turns(times);
    }
}
