package dev.aicore.discovery.query.moment;

import java.time.Instant;

/**
 * A moment that the models reflect wholly.
 *
 * @param position of the last fact up to then, or the position that was asked about: the same answers come of both
 * @param at the instant that was asked about; for a position, when its last fact was recorded
 */
public record Then(long position, Instant at) {}
