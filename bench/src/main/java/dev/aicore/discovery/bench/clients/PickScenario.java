package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.client.PickStrategy;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.client.ServiceOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Measures the CPU time of a choice among 20 instances: the median of nine rounds after those that warm up. */
final class PickScenario {

    private static final String FIGURE = "CPU of a pick, 20 instances";
    private static final int ROUNDS = 9;
    private static final int WARM_UPS = 3;
    private static final int PICKS = 1_000_000;
    private static final int SPRING_PICKS = 300_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private PickScenario() {}

    static List<ClientFigure> run(ClientBenchRig rig) throws Exception {
        var figures = new ArrayList<ClientFigure>();
        try (var client = RegistryClient.at(rig.registry().url()).open()) {
            for (var strategy : List.of(PickStrategy.P2C, PickStrategy.ROUND_ROBIN)) {
                var ledger = client.service(
                        ClientBenchRig.LEDGER, ServiceOptions.defaults().strategy(strategy));
                if (!ledger.awaitList(PATIENCE)) {
                    throw new IllegalStateException("There is no list.");
                }
                figures.add(plain(strategy, ledger));
            }
        }
        var spring = rig.springCaller();
        if (spring.isPresent()) {
            double nanos = nanosIn(spring.get());
            figures.add(figure("Spring starter, p2c", nanos, new Threshold("≤ 250 ns", nanos <= 250)));
        }
        var eureka = rig.eurekaCaller();
        if (eureka.isPresent()) {
            eureka.get().send("watch " + ClientBenchRig.LEDGER);
            for (int i = 0; i < ClientBenchRig.LEDGER_INSTANCES; i++) {
                eureka.get().await("come " + ClientBenchRig.LEDGER, PATIENCE);
            }
            figures.add(figure("Eureka's, in Spring, round robin behind Spring's cache", nanosIn(eureka.get())));
        }
        return figures;
    }

    private static ClientFigure figure(String who, double nanos, Threshold... thresholds) {
        return ClientFigure.of(FIGURE, who, "%,.0f ns".formatted(nanos), thresholds);
    }

    private static ClientFigure plain(PickStrategy strategy, Service service) {
        IntStream.range(0, WARM_UPS).forEach(_ -> nanos(service));
        var rounds = IntStream.range(0, ROUNDS).mapToObj(_ -> nanos(service)).toList();
        double nanos = RoundStatistics.of(rounds, round -> round).median();
        return figure("plain, " + strategy, nanos, new Threshold("≤ 100 ns", nanos <= 100));
    }

    private static double nanos(Service service) {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        long ports = 0;
        for (int i = 0; i < PICKS; i++) {
            try (var pick = service.pick()) {
                ports += pick.instance().port();
                pick.discarded();
            }
        }
        double nanos = (double) (threads.getCurrentThreadCpuTime() - begin) / PICKS;
        if (ports != 8_080L * PICKS) {
            throw new IllegalStateException("A pick had another port.");
        }
        return nanos;
    }

    private static double nanosIn(SpringCallerProcess caller) throws IOException, InterruptedException {
        caller.send("pick " + ClientBenchRig.LEDGER + " " + SPRING_PICKS);
        return Double.parseDouble(caller.await("pick ", PATIENCE).word(1));
    }
}
