package dev.aicore.discovery.query.watermark;

import dev.aicore.discovery.config.web.Query;
import java.time.Duration;

/**
 * What an answer must reflect at least, and how long the caller waits for it.
 *
 * @param position 0 for whatever there is
 * @param patience at most {@link #LONGEST}
 */
public record Wanted(long position, Duration patience) {

    /** Whatever there is. */
    public static final Wanted ANYTHING = new Wanted(0, Duration.ZERO);

    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration USUAL = Duration.ofSeconds(2);

    /** From {@code min_position} and {@code wait}; violations stay with the query. */
    public static Wanted of(Query query) {
        return new Wanted(
                query.numberOr("min_position", 0, Long.MAX_VALUE, 0),
                query.durationOr("wait", Duration.ZERO, LONGEST, USUAL));
    }

    /** The same, and no less than that position. */
    public Wanted atLeast(long other) {
        return new Wanted(Math.max(position, other), patience);
    }
}
