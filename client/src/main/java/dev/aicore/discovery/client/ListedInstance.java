package dev.aicore.discovery.client;

import dev.aicore.discovery.client.balancing.PickCandidate;

/** Instance of a list, with the calls of this process. */
record ListedInstance(RegisteredInstance instance, CallStats stats) implements PickCandidate {

    @Override
    public String id() {
        return instance.id();
    }

    @Override
    public int weight() {
        return instance.weight();
    }

    @Override
    public long load() {
        return stats.underWay() + Math.max(0, instance.connections());
    }

    /** Returns true if a discovery without conditions would return it. Weight 0 gets no traffic. */
    boolean isEligible(boolean panic) {
        return instance.weight() > 0
                && (panic ? instance.inService() : instance.status() == RegisteredInstance.Status.HEALTHY);
    }

    /** Returns true if it is picked only for trials, or if there is no other. */
    boolean isDoubtful() {
        return instance.overdue() || instance.halfOpen();
    }
}
