package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.ArrayList;
import java.util.List;

/** Measures the maximum rate of observations of the command side. */
final class ClosedLoopScenario {

    private static final double MIN = 500_000;

    private ClosedLoopScenario() {}

    static List<WriteReportRow> run(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        var writeBenchSize = writeBenchOptions.size();
        var load = MachineInfo.loadAverage();
        try (var directory = TempDirectory.make();
                var benchPostgres = BenchPostgres.start(directory.directory());
                var inProcessRegistry = InProcessRegistry.ofCommands(benchPostgres, writeBenchOptions.settings())) {
            var writeBenchPopulation = WriteBenchPopulation.register(
                    inProcessRegistry.commandGateway(), writeBenchSize.instances(), WriteBenchSize.IN_SERVICE);
            var loop = new ClosedLoop(
                    writeBenchPopulation,
                    ObservationSink.of(inProcessRegistry.commandGateway()),
                    writeBenchSize.outstanding());
            loop.run(writeBenchSize.warmUp());
            var rounds = new ArrayList<WriteRound>();
            for (int round = 0; round < writeBenchOptions.rounds(); round++) {
                rounds.add(WriteRound.of(benchPostgres, () -> loop.run(writeBenchOptions.round(seconds))));
            }
            var writeRoundSummary = WriteSummary.of(rounds, 0);
            return List.of(WriteReportRow.of(
                    "closed",
                    "observations/s",
                    writeRoundSummary,
                    load + " to " + MachineInfo.loadAverage(),
                    new Threshold("no errors", writeRoundSummary.errors() == 0),
                    new Threshold("≥ %,.0f/s".formatted(MIN), writeRoundSummary.medianPerSecond() >= MIN)));
        }
    }
}
