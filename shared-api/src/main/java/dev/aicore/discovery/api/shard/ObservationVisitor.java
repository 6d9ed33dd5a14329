package dev.aicore.discovery.api.shard;

/** Takes unpacked observations one by one, without an object for each. */
@FunctionalInterface
public interface ObservationVisitor {

    /**
     * Takes one observation.
     *
     * @param slot the instance's place in its shard
     * @param kind what was observed
     * @param observedAt when it was heard, epoch milliseconds
     * @param decidedAt when its batch was decided, epoch milliseconds: leases run from here
     * @param first the kind's first number, 0 if it has none
     * @param second the kind's second number, 0 if it has none
     */
    void observed(int slot, ObservationKind kind, long observedAt, long decidedAt, int first, int second);
}
