package dev.aicore.discovery.query.uptime;

import dev.aicore.discovery.api.instance.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For how long an instance was something.
 *
 * @param status null while it wasn't there
 * @param deregistered whether it wasn't there because somebody wanted that
 * @param from within the window, as is {@code to}
 */
record Span(String id, @Nullable Status status, boolean deregistered, Instant from, Instant to) {

    double seconds() {
        return Window.seconds(from, to);
    }

    /** Whether somebody wanted it to get no traffic, or it wasn't there: that is no outage. */
    boolean isPlanned() {
        return status == null || status == Status.MAINTENANCE || status == Status.DRAINING;
    }

    boolean isAvailable() {
        return status == Status.HEALTHY;
    }
}
