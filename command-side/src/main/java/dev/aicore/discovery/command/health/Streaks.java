package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.shard.ObservationKind;

/**
 * How many results in a row say the same, of each source by itself: passes are positive, failures negative. A pass takes back
 * only what its own source has said: an instance that says it is well doesn't undo what checks found, nor they what it says.
 *
 * @param checks of the checks that are made of it
 * @param heartbeats of those of its heartbeats that tell how it is
 */
public record Streaks(int checks, int heartbeats) {

    /** Nothing was heard yet. */
    public static final Streaks NONE = new Streaks(0, 0);

    private static final int MAX_LENGTH = 1_000_000;

    /** These, and one more result. */
    public Streaks and(ObservationKind result) {
        return result.isReported()
                ? new Streaks(checks, next(heartbeats, result.passed()))
                : new Streaks(next(checks, result.passed()), heartbeats);
    }

    /** The same where the checks that were made say nothing any more. */
    public Streaks withoutChecks() {
        return new Streaks(0, heartbeats);
    }

    /** The same where a heartbeat came that doesn't say any more that the instance is unhealthy. */
    public Streaks withoutComplaint() {
        return heartbeats < 0 ? new Streaks(checks, 0) : this;
    }

    /** The passes in a row of where that result is from. */
    public int passes(ObservationKind result) {
        return Math.max(result.isReported() ? heartbeats : checks, 0);
    }

    /** The failures in a row of both. */
    public int failures() {
        return Math.max(-checks, 0) + Math.max(-heartbeats, 0);
    }

    private static int next(int streak, boolean passed) {
        return passed ? Math.min(Math.max(streak, 0) + 1, MAX_LENGTH) : Math.max(Math.min(streak, 0) - 1, -MAX_LENGTH);
    }
}
