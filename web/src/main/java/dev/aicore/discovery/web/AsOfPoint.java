package dev.aicore.discovery.web;

import java.time.Duration;
import java.time.Instant;

/** A point in the history of the registry, in the form that the caller used. */
public sealed interface AsOfPoint {

    /** The state right after the event at a position. */
    record AtPosition(long position) implements AsOfPoint {}

    /** The state right after the last event that was recorded up to an instant. */
    record AtInstant(Instant instant) implements AsOfPoint {}

    /** The state a duration before the query. */
    record Ago(Duration duration) implements AsOfPoint {}
}
