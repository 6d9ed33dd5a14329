package dev.aicore.discovery.api.shard;

/** Receives unpacked observations as primitive values, without an object per observation. */
@FunctionalInterface
public interface ObservationVisitor {

    /**
     * Receives one observation.
     *
     * @param slot the instance's slot in its shard
     * @param kind kind of the observation
     * @param observedAt the time of arrival, epoch milliseconds
     * @param decidedAt the time of the batch's decision, epoch milliseconds; leases start here
     * @param first first argument of the kind, 0 if it has none
     * @param second second argument of the kind, 0 if it has none
     */
    void observed(int slot, ObservationKind kind, long observedAt, long decidedAt, int first, int second);
}
