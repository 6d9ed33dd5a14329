package dev.aicore.discovery.web;

import java.time.Duration;
import java.time.Instant;

/** A moment in the history of the registry, as a caller names it. */
public sealed interface AsOfPoint {

    /** Just after the event at a position. */
    record AtPosition(long position) implements AsOfPoint {}

    /** Just after the last event that was recorded up to then. */
    record AtInstant(Instant instant) implements AsOfPoint {}

    /** So long before it is asked about. */
    record Ago(Duration duration) implements AsOfPoint {}
}
