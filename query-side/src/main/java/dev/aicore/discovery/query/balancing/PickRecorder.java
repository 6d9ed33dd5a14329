package dev.aicore.discovery.query.balancing;

/** Takes down every pick that a discovery answers: for the statistics, and for the load of the instance. */
final class PickRecorder {

    private final PickCounter pickCounter;
    private final ServiceLoadCache loads;

    PickRecorder(PickCounter pickCounter, ServiceLoadCache loads) {
        this.pickCounter = pickCounter;
        this.loads = loads;
    }

    /** To be told of the first instance of an answer, by whatever strategy it came first. Never blocks. */
    void picked(BalancingStrategy balancingStrategy, String service, String instance) {
        pickCounter.picked(balancingStrategy.word(), service, instance);
        loads.picked(service, instance);
    }
}
