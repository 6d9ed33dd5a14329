package dev.aicore.discovery.query.balancing;

/** Records each pick of a discover result, for the statistics and for the load of the instance. */
final class PickRecorder {

    private final PickCounter pickCounter;
    private final ServiceLoadCache loads;

    PickRecorder(PickCounter pickCounter, ServiceLoadCache loads) {
        this.pickCounter = pickCounter;
        this.loads = loads;
    }

    /** Records the first instance of a result, regardless of the strategy. Never blocks. */
    void picked(BalancingStrategy balancingStrategy, String service, String instance) {
        pickCounter.picked(balancingStrategy.jsonName(), service, instance);
        loads.picked(service, instance);
    }
}
