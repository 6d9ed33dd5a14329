package dev.aicore.discovery.command.shard.policy;

import dev.aicore.discovery.api.shard.ObservationKind;

/**
 * Counts consecutive equal results per source; passes are positive, failures negative. A pass ends only a failure
 * streak of its own source: a heartbeat that reports healthy does not undo failed checks, nor the reverse.
 *
 * @param checks streak of the registry's checks
 * @param heartbeats streak of the heartbeats that report a health
 */
public record Streaks(int checks, int heartbeats) {

    /** No results. */
    public static final Streaks NONE = new Streaks(0, 0);

    private static final int MAX_LENGTH = 1_000_000;

    /** Returns the streaks after one more result. */
    public Streaks and(ObservationKind result) {
        return result.isReported()
                ? new Streaks(checks, next(heartbeats, result.passed()))
                : new Streaks(next(checks, result.passed()), heartbeats);
    }

    /** Returns the streaks without results of checks. */
    public Streaks withoutChecks() {
        return new Streaks(0, heartbeats);
    }

    /**
     * Returns the streaks without failures that heartbeats reported. Used when a heartbeat no longer reports the
     * instance as unhealthy.
     */
    public Streaks withoutComplaint() {
        return heartbeats < 0 ? new Streaks(checks, 0) : this;
    }

    /** Returns the number of consecutive passes from the source of a result; 0 if its last result was a failure. */
    public int passes(ObservationKind result) {
        return Math.max(result.isReported() ? heartbeats : checks, 0);
    }

    /** Returns the sum of the consecutive failures of both sources. */
    public int failures() {
        return Math.max(-checks, 0) + Math.max(-heartbeats, 0);
    }

    private static int next(int streak, boolean passed) {
        return passed ? Math.min(Math.max(streak, 0) + 1, MAX_LENGTH) : Math.max(Math.min(streak, 0) - 1, -MAX_LENGTH);
    }
}
