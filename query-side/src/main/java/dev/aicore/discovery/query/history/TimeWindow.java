package dev.aicore.discovery.query.history;

import java.time.Duration;
import java.time.Instant;

/** Time window; {@code to} is exclusive. */
record TimeWindow(Instant from, Instant to) {

    /** Returns the window of a length that ends at an instant. */
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
