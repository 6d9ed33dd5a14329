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
 * @param watching who watches what
 * @param warmUpSeconds of a piece of the warm-up before the first round
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
        Watching watching,
        int warmUpSeconds,
        int idleSeconds) {

    /** The size that the targets speak of. */
    static final Size FULL = new Size(
            new Shape(1_000, 10),
            new Shape(2_000, 5),
            new Shape(5_000, 20),
            5,
            30_000,
            1_024,
            1_000,
            new Watching(5_000, 20, 10, 200, 10_000),
            10,
            60);

    /**
     * Who watches.
     *
     * @param idle those who watch the usual services, which don't change
     * @param changing services besides that do
     * @param each those who watch each of these
     * @param changes of these in a round
     * @param heartbeats a second meanwhile
     */
    record Watching(int idle, int changing, int each, int changes, int heartbeats) {}
}
