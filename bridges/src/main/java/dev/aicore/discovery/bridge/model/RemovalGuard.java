package dev.aicore.discovery.bridge.model;

/**
 * Refuses plans that remove a large part of what a bridge has brought, such as after the other side has lost its data.
 *
 * @param maxRemovedShare share of what the bridge has brought that one plan may remove, 0 to 1
 * @param minGuardedRemovals number of removals from which the share applies, 1 or more
 */
public record RemovalGuard(double maxRemovedShare, int minGuardedRemovals) {

    /**
     * Returns true if the removals may be done without an operator.
     *
     * @param brought number of instances that the bridge has brought
     */
    public boolean allows(int removals, int brought) {
        return removals < minGuardedRemovals || removals <= maxRemovedShare * brought;
    }
}
