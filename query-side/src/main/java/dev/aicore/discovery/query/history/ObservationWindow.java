package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.web.AsOfPoint;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time window in which observations of an instance are requested.
 *
 * @param reach service scope of the caller; null for all services
 * @param from start of the window; null for no lower bound
 * @param to end of the window; null for no upper bound
 * @param now reference time of relative points in time
 */
record ObservationWindow(
        String id,
        @Nullable ServiceScope reach,
        @Nullable AsOfPoint from,
        @Nullable AsOfPoint to,
        Instant now) {

    boolean isInScope(String service) {
        return reach == null || reach.covers(service);
    }

    /** Returns the instant of a point in time; null if it is a position or null. */
    @Nullable
    Instant instant(@Nullable AsOfPoint asOf) {
        return instant(asOf, now);
    }

    /** Returns the instant of a point in time relative to {@code now}; null if it is a position or null. */
    static @Nullable Instant instant(@Nullable AsOfPoint asOf, Instant now) {
        return switch (asOf) {
            case null -> null;
            case AsOfPoint.AtPosition position -> null;
            case AsOfPoint.AtInstant(var instant) -> instant;
            case AsOfPoint.Ago(Duration duration) -> now.minus(duration);
        };
    }
}
