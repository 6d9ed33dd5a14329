package dev.aicore.discovery.query.uptime;

import dev.aicore.discovery.api.instance.InstanceStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For how long an instance was something.
 *
 * @param status null while it wasn't there
 * @param deregistered whether it wasn't there because somebody wanted that
 * @param from within the window, as is {@code to}
 */
record StatusSpan(String id, @Nullable InstanceStatus status, boolean deregistered, Instant from, Instant to) {

    double seconds() {
        return TimeWindow.seconds(from, to);
    }

    /** Whether somebody wanted it to get no traffic, or it wasn't there: that is no outage. */
    boolean isPlanned() {
        return status == null || status == InstanceStatus.MAINTENANCE || status == InstanceStatus.DRAINING;
    }

    boolean isAvailable() {
        return status == InstanceStatus.HEALTHY;
    }
}
