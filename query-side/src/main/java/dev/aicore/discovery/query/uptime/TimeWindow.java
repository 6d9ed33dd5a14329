package dev.aicore.discovery.query.uptime;

import java.time.Duration;
import java.time.Instant;

/** A window of time, {@code to} exclusive. */
record TimeWindow(Instant from, Instant to) {

    /** So long before a moment. */
    static TimeWindow before(Instant to, Duration length) {
        return new TimeWindow(to.minus(length), to);
    }

    Instant clip(Instant instant) {
        return instant.isBefore(from) ? from : instant.isAfter(to) ? to : instant;
    }

    double seconds() {
        return seconds(from, to);
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
