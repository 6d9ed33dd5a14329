package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.Reach;
import dev.aicore.discovery.config.web.Moment;
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
record Window(
        String id,
        @Nullable Reach reach,
        @Nullable Moment from,
        @Nullable Moment to,
        Instant now) {

    boolean isWithinReach(String service) {
        return reach == null || reach.covers(service);
    }

    /** The instant that a moment is; null if it is a position, or none. */
    @Nullable
    Instant instant(@Nullable Moment moment) {
        return instant(moment, now);
    }

    /** The same, where a relative one is relative to that. */
    static @Nullable Instant instant(@Nullable Moment moment, Instant now) {
        return switch (moment) {
            case null -> null;
            case Moment.AtPosition position -> null;
            case Moment.AtInstant(var instant) -> instant;
            case Moment.Ago(Duration duration) -> now.minus(duration);
        };
    }
}
