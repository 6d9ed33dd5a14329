package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.web.AsOfPoint;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when to when observations of an instance are wanted.
 *
 * @param reach the services that the caller is bound to; null for all
 * @param from null for all up to then
 * @param to null for all from then on
 * @param now what relative moments are relative to
 */
record ObservationWindow(
        String id,
        @Nullable ServiceScope reach,
        @Nullable AsOfPoint from,
        @Nullable AsOfPoint to,
        Instant now) {

    boolean isWithinReach(String service) {
        return reach == null || reach.covers(service);
    }

    /** The instant that a moment is; null if it is a position, or none. */
    @Nullable
    Instant instant(@Nullable AsOfPoint asOf) {
        return instant(asOf, now);
    }

    /** The same, where a relative one is relative to that. */
    static @Nullable Instant instant(@Nullable AsOfPoint asOf, Instant now) {
        return switch (asOf) {
            case null -> null;
            case AsOfPoint.AtPosition position -> null;
            case AsOfPoint.AtInstant(var instant) -> instant;
            case AsOfPoint.Ago(Duration duration) -> now.minus(duration);
        };
    }
}
