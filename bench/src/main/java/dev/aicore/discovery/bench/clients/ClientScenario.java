package dev.aicore.discovery.bench.clients;

import java.util.List;
import java.util.Locale;

/** Scenarios of the benchmark of clients, in their order. */
enum ClientScenario {
    /** Time from the answer to a deregistration until no choice finds the instance. */
    LEAVE,
    /** CPU time of a choice. */
    PICK,
    /** Time from the answer to a stored configuration until a bean has it. */
    CONFIGURATION,
    /** Memory of many lists, and CPU time of a client while a large service flaps. */
    LISTS,
    /** Load of a registry by the streams and heartbeats of many processes. */
    STREAMS,
    /** Choices during an outage, a start in it, and the return of the registry. */
    OUTAGE;

    /** Returns the name on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<ClientFigure> measure(ClientBenchRig rig) throws Exception {
        return switch (this) {
            case LEAVE -> LeaveScenario.run(rig);
            case PICK -> PickScenario.run(rig);
            case CONFIGURATION -> ConfigurationScenario.run(rig);
            case LISTS -> ListScenario.run(rig);
            case STREAMS -> StreamScenario.run(rig);
            case OUTAGE -> OutageScenario.run(rig);
        };
    }
}
