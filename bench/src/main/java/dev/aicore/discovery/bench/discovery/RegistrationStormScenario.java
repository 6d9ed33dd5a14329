package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.load.BlockingHttpClient;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long it takes until all instances are discoverable, if all register at once, each over its own
 * connection, with a registry that has just become ready and has no instances. Each round starts a new registry.
 */
final class RegistrationStormScenario {

    private static final String NAME = "storm";

    private final BenchContext benchContext;
    private final DiscoverPopulation all;
    private final List<Measured> rounds = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private long missing;

    private RegistrationStormScenario(BenchContext benchContext) {
        this.benchContext = benchContext;
        this.all = new DiscoverPopulation(benchContext.size().usual());
    }

    /** Runs the rounds. A round ends when all instances are discoverable, so it has no fixed duration. */
    static List<DiscoverReportRow> run(BenchContext benchContext) throws Exception {
        var load = MachineInfo.loadAverage();
        var registrationStormScenario = new RegistrationStormScenario(benchContext);
        if (RegistryProcess.writesCache(benchContext.cache())) {
            // Its end writes the AOT cache that the other starts use.
            RegistryServer.start(benchContext, benchContext.size().quiet()).close();
        }
        for (int i = 0; i < benchContext.options().rounds(); i++) {
            registrationStormScenario.round();
        }
        return List.of(registrationStormScenario.row(load));
    }

    private void round() throws IOException, InterruptedException {
        try (var directory = TempDirectory.make()) {
            var registry = RegistryServer.launch(benchContext, directory, all.shape());
            try (Closeable _ = registry::stop) {
                long begin = System.nanoTime();
                rounds.add(new Measured(
                        new BuiltInGenerator().once(registry.server().port(), all.registrations(), connections()), 0));
                registry.awaitVisible();
                seconds.add((System.nanoTime() - begin) / 1e9);
                missing += missing(registry);
            }
        }
    }

    /** Returns the number of registered instances that discovery doesn't return. */
    private long missing(RegistryServer registry) throws IOException {
        long found = 0;
        try (var blockingHttpClient = new BlockingHttpClient(registry.server().port())) {
            for (var discovery : all.discoveries(
                            DiscoverPopulation.DISCOVER, all.shape().inService())
                    .all()) {
                found += blockingHttpClient.send(discovery).body().split("\"port\":", -1).length - 1L;
            }
        }
        return all.shape().instances() - found;
    }

    private int connections() {
        return benchContext.options().connections(all.shape().instances());
    }

    private DiscoverReportRow row(String load) {
        var roundSummary = RoundSummary.of(rounds);
        return new DiscoverReportRow(
                NAME,
                "%,d simultaneous registrations over %,d connections, until all are discoverable"
                        .formatted(all.shape().instances(), connections()),
                "s",
                true,
                RoundStatistics.of(seconds, it -> it),
                0,
                roundSummary,
                load,
                List.of(
                        new Threshold("refused 0", roundSummary.errors() == 0),
                        new Threshold("all are discoverable", missing == 0)));
    }
}
