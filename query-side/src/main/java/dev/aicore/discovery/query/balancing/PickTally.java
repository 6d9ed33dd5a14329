package dev.aicore.discovery.query.balancing;

/** Takes down every pick that a discovery answers: for the statistics, and for the load of the instance. */
final class PickTally {

    private final Picks picks;
    private final ServiceLoads loads;

    PickTally(Picks picks, ServiceLoads loads) {
        this.picks = picks;
        this.loads = loads;
    }

    /** To be told of the first instance of an answer, by whatever strategy it came first. Never blocks. */
    void picked(Strategy strategy, String service, String instance) {
        picks.picked(strategy.word(), service, instance);
        loads.picked(service, instance);
    }
}
