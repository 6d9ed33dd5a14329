package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ObservationKind;

/**
 * Observation of an instance, to be packed with the others of its batch.
 *
 * @param observedAt time of arrival, epoch milliseconds
 * @param first first argument of the kind, or 0
 * @param second second argument of the kind, or 0
 */
record Observation(Instance instance, ObservationKind kind, long observedAt, int first, int second) {

    /** Creates an observation of a kind without arguments. */
    Observation(Instance instance, ObservationKind kind, long observedAt) {
        this(instance, kind, observedAt, 0, 0);
    }
}
