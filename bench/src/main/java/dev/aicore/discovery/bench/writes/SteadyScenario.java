package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Measures a steady load: every instance is renewed and checked every ten seconds, at a fixed rate regardless of the
 * answers.
 */
final class SteadyScenario {

    private static final long PATIENCE_MILLIS = 20;
    private static final double MAX_BYTES = 30;

    private final String name;
    private final WriteBenchOptions writeBenchOptions;
    private final BiFunction<BenchPostgres, List<String>, InProcessRegistry> sides;
    private final int inService;
    private final double maxMicros;

    private SteadyScenario(
            String name,
            WriteBenchOptions writeBenchOptions,
            BiFunction<BenchPostgres, List<String>, InProcessRegistry> sides,
            int inService,
            double maxMicros) {
        this.name = name;
        this.writeBenchOptions = writeBenchOptions;
        this.sides = sides;
        this.inService = inService;
        this.maxMicros = maxMicros;
    }

    static List<WriteReportRow> commandSide(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        return new SteadyScenario(
                        "steady", writeBenchOptions, InProcessRegistry::ofCommands, WriteBenchSize.IN_SERVICE, 20)
                .run(seconds);
    }

    static List<WriteReportRow> allSides(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        return new SteadyScenario(
                        "projections", writeBenchOptions, InProcessRegistry::ofAllSides, WriteBenchSize.IN_SERVICE, 35)
                .run(seconds);
    }

    static List<WriteReportRow> oneService(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        return new SteadyScenario(
                        "one-service",
                        writeBenchOptions,
                        InProcessRegistry::ofCommands,
                        writeBenchOptions.size().instances(),
                        20)
                .run(seconds);
    }

    private List<WriteReportRow> run(int seconds) throws Exception {
        var writeBenchSize = writeBenchOptions.size();
        var load = MachineInfo.loadAverage();
        try (var directory = TempDirectory.make();
                var benchPostgres = BenchPostgres.start(directory.directory());
                var inProcessRegistry = sides.apply(benchPostgres, writeBenchOptions.settings())) {
            var writeBenchPopulation = WriteBenchPopulation.register(
                    inProcessRegistry.commandGateway(), writeBenchSize.instances(), inService);
            var loop = new OpenLoop(writeBenchPopulation::observation, writeBenchSize.observations());
            var observationSink = ObservationSink.ofStreams(inProcessRegistry.commandGateway());
            var warmUp = writeBenchSize.warmUp();
            loop.run(observationSink, warmUp);
            var rounds = new ArrayList<WriteRound>();
            for (int round = 0; round < writeBenchOptions.rounds(); round++) {
                rounds.add(WriteRound.of(
                        benchPostgres, () -> loop.run(observationSink, writeBenchOptions.round(seconds))));
            }
            var nobody = WriteRound.of(benchPostgres, () -> loop.run(ObservationSink.none(), warmUp));
            var writeRoundSummary =
                    WriteSummary.of(rounds, nobody.each(nobody.cost().jvmNanos()) / 1e3);
            return List.of(WriteReportRow.of(
                    name,
                    "observations/s",
                    writeRoundSummary,
                    load + " to " + MachineInfo.loadAverage(),
                    goals(writeRoundSummary, inProcessRegistry.windowMillis())));
        }
    }

    private Threshold[] goals(WriteSummary writeRoundSummary, long window) {
        long max = window + PATIENCE_MILLIS;
        return new Threshold[] {
            new Threshold("no errors", writeRoundSummary.errors() == 0),
            new Threshold("p99 ≤ " + max + " ms", writeRoundSummary.bestP99Millis() <= max),
            new Threshold("disk ≤ %.0f B".formatted(MAX_BYTES), writeRoundSummary.diskBytes() <= MAX_BYTES),
            new Threshold("CPU ≤ %.0f µs".formatted(maxMicros), writeRoundSummary.micros() <= maxMicros)
        };
    }
}
