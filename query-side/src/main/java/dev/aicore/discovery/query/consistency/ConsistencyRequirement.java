package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;

/**
 * Lowest position that an answer must reflect, and how long the caller waits for it.
 *
 * @param position 0 for no requirement
 * @param patience at most {@link #MAX_PATIENCE}
 */
public record ConsistencyRequirement(long position, Duration patience) {

    /** No requirement. */
    public static final ConsistencyRequirement NONE = new ConsistencyRequirement(0, Duration.ZERO);

    static final Duration MAX_PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(2);

    /** Parses {@code min_position} and {@code wait}; violations are collected in the parameters. */
    public static ConsistencyRequirement of(QueryParameters queryParameters) {
        return new ConsistencyRequirement(
                queryParameters.numberOr("min_position", 0, Long.MAX_VALUE, 0),
                queryParameters.durationOr("wait", Duration.ZERO, MAX_PATIENCE, DEFAULT_PATIENCE));
    }

    /** Returns this requirement with at least the given position. */
    public ConsistencyRequirement withMinPosition(long other) {
        return new ConsistencyRequirement(Math.max(position, other), patience);
    }
}
