package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.instance.InstanceStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Span of time in which an instance had one status.
 *
 * @param status null while the instance wasn't present
 * @param deregistered whether the instance wasn't present because it had been deregistered
 * @param from start of the span, within the window
 * @param to end of the span, within the window
 */
record StatusSpan(String id, @Nullable InstanceStatus status, boolean deregistered, Instant from, Instant to) {

    double seconds() {
        return TimeWindow.seconds(from, to);
    }

    /**
     * Returns true if the instance intentionally received no traffic or wasn't present; neither counts as an outage.
     */
    boolean isPlanned() {
        return status == null || status == InstanceStatus.MAINTENANCE || status == InstanceStatus.DRAINING;
    }

    boolean isAvailable() {
        return status == InstanceStatus.HEALTHY;
    }
}
