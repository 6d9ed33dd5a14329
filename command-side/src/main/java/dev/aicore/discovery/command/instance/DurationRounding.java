package dev.aicore.discovery.command.instance;

import java.time.Duration;

/** Rounds settings to the whole seconds of declarations. */
final class DurationRounding {

    private DurationRounding() {}

    /** Returns the duration in seconds, rounded up so that an instance never gets less than the setting. */
    static int of(Duration duration) {
        return Math.toIntExact(Math.ceilDiv(duration.toMillis(), 1_000L));
    }
}
