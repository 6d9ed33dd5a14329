package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.MachineInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code ./registry bench clients [SCENARIO...]}: the plain client in this process, callers with Spring Cloud as
 * processes, one by the starter and one by Eureka's client, each beside its own server.
 */
public final class ClientBench {

    private ClientBench() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments names of scenarios (default: all), and options as {@link ClientBenchOptions} has them
     */
    public static void main(String... arguments) throws Exception {
        var options = ClientBenchOptions.parse(arguments);
        System.err.println(options.needs());
        System.out.println("Machine: " + MachineInfo.words() + "\n\n" + ClientFigure.HEADER);
        run(options).forEach(System.out::println);
    }

    /** Returns the figures of all scenarios; each is also printed to standard error once it is known. */
    static List<ClientFigure> run(ClientBenchOptions options) throws Exception {
        var figures = new ArrayList<ClientFigure>();
        try (var rig = ClientBenchRig.start(options)) {
            for (var scenario : options.scenarios()) {
                System.err.println(scenario.word() + " (load average " + MachineInfo.loadAverage() + ")");
                var its = scenario.measure(rig);
                its.forEach(System.err::println);
                figures.addAll(its);
            }
        }
        return figures;
    }
}
