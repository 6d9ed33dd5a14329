package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.bench.writes.naive.NaiveRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures heartbeats in the naive design, each an event of its instance's own aggregate, with the number of threads
 * that is best on this machine.
 */
final class PerInstanceAggregateScenario {

    private static final int THREADS = 8;

    private PerInstanceAggregateScenario() {}

    static List<WriteReportRow> run(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        var writeBenchSize = writeBenchOptions.size();
        var load = MachineInfo.loadAverage();
        try (var directory = TempDirectory.make();
                var benchPostgres = BenchPostgres.start(directory.directory());
                var registry = NaiveRegistry.open(benchPostgres.postgres(), THREADS)) {
            registry.register(writeBenchSize.naive());
            registry.renew(writeBenchSize.warmUp(), new ResponseHistogram());
            var rounds = new ArrayList<WriteRound>();
            for (int round = 0; round < writeBenchOptions.rounds(); round++) {
                rounds.add(WriteRound.of(
                        benchPostgres,
                        () -> registry.renew(writeBenchOptions.round(seconds), new ResponseHistogram())));
            }
            var writeRoundSummary = WriteSummary.of(rounds, 0);
            return List.of(WriteReportRow.of(
                    "naive",
                    "heartbeats/s",
                    writeRoundSummary,
                    load + " to " + MachineInfo.loadAverage(),
                    new Threshold("no errors", writeRoundSummary.errors() == 0)));
        }
    }
}
