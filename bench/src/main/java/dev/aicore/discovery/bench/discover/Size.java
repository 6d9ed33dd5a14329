package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Population.Shape;

/**
 * How much of everything.
 *
 * @param usual what is registered, unless the scenario says otherwise
 * @param eureka the same number of instances there, in applications of as many as are asked for
 * @param many what is registered where it is to be many
 * @param limit instances in an answer
 * @param perSecond discoveries of the open loop
 * @param crowd connections of which each sends heartbeats
 * @param batch ids of one request
 * @param warmUpSeconds of each server before the first round
 * @param idleSeconds before memory is looked at
 */
record Size(
        Shape usual,
        Shape eureka,
        Shape many,
        int limit,
        int perSecond,
        int crowd,
        int batch,
        int warmUpSeconds,
        int idleSeconds) {

    /** The size that the targets speak of. */
    static final Size FULL =
            new Size(new Shape(1_000, 10), new Shape(2_000, 5), new Shape(5_000, 20), 5, 30_000, 1_024, 1_000, 15, 60);
}
