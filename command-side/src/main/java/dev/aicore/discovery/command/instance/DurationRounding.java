package dev.aicore.discovery.command.instance;

import java.time.Duration;

/** Instances declare whole seconds; settings may have parts of them. */
final class DurationRounding {

    private DurationRounding() {}

    /** Rounded up: nobody gets less than is configured. */
    static int of(Duration duration) {
        return Math.toIntExact(Math.ceilDiv(duration.toMillis(), 1_000L));
    }
}
