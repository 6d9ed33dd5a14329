package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.command.batching.CommandGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures concurrent registrations, each client with its next instance as soon as the previous one is durable, beside
 * steady heartbeats.
 */
final class RegistrationScenario {

    private static final double MIN = 5_000;

    private final WriteBenchPopulation writeBenchPopulation;
    private final CommandGateway commandGateway;
    private final int clients;
    private final OpenLoop heartbeats;
    private final AtomicLong next;
    private final List<WriteRound> beats = new ArrayList<>();

    private RegistrationScenario(
            WriteBenchPopulation writeBenchPopulation, CommandGateway commandGateway, WriteBenchSize writeBenchSize) {
        this.writeBenchPopulation = writeBenchPopulation;
        this.commandGateway = commandGateway;
        this.clients = writeBenchSize.clients();
        this.heartbeats = new OpenLoop(writeBenchPopulation::heartbeat, writeBenchSize.observations() / 2.0);
        this.next = new AtomicLong(writeBenchPopulation.size());
    }

    static List<WriteReportRow> run(WriteBenchOptions writeBenchOptions, int seconds) throws Exception {
        var writeBenchSize = writeBenchOptions.size();
        var load = MachineInfo.loadAverage();
        try (var directory = TempDirectory.make();
                var benchPostgres = BenchPostgres.start(directory.directory());
                var inProcessRegistry = InProcessRegistry.ofCommands(benchPostgres, writeBenchOptions.settings())) {
            var writeBenchPopulation = WriteBenchPopulation.register(
                    inProcessRegistry.commandGateway(), writeBenchSize.instances(), WriteBenchSize.IN_SERVICE);
            var scene =
                    new RegistrationScenario(writeBenchPopulation, inProcessRegistry.commandGateway(), writeBenchSize);
            scene.heartbeats.run(ObservationSink.of(inProcessRegistry.commandGateway()), writeBenchSize.warmUp());
            var rounds = new ArrayList<WriteRound>();
            for (int round = 0; round < writeBenchOptions.rounds(); round++) {
                rounds.add(WriteRound.of(benchPostgres, () -> scene.round(writeBenchOptions.round(seconds))));
            }
            return scene.rows(WriteSummary.of(rounds, 0), load + " to " + MachineInfo.loadAverage());
        }
    }

    private List<WriteReportRow> rows(WriteSummary registrations, String load) {
        var beside = WriteSummary.of(beats, 0);
        return List.of(
                WriteReportRow.of(
                        "registrations",
                        "registrations/s; CPU and bytes include heartbeats",
                        registrations,
                        load,
                        new Threshold("no errors", registrations.errors() == 0),
                        new Threshold("≥ %,.0f/s".formatted(MIN), registrations.medianPerSecond() >= MIN)),
                WriteReportRow.of(
                        "registrations",
                        "concurrent heartbeats/s",
                        beside,
                        load,
                        new Threshold("no errors", beside.errors() == 0)));
    }

    private ResponseHistogram round(Duration duration) throws InterruptedException {
        var responseHistogram = new ResponseHistogram();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            begin(threads, responseHistogram, System.nanoTime() + duration.toNanos());
            long begin = System.nanoTime();
            var heard = heartbeats.run(ObservationSink.of(commandGateway), duration);
            beats.add(new WriteRound(heard, (System.nanoTime() - begin) / 1e9, ResourceUsage.NONE));
        }
        return responseHistogram;
    }

    private void begin(ExecutorService threads, ResponseHistogram responseHistogram, long end) {
        for (int client = 0; client < clients; client++) {
            threads.execute(() -> {
                for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                    register(responseHistogram, now);
                }
            });
        }
    }

    private void register(ResponseHistogram responseHistogram, long begin) {
        try {
            var commandReply = commandGateway
                    .register(writeBenchPopulation.registration(next.getAndIncrement()), null)
                    .join();
            responseHistogram.take(commandReply, null, System.nanoTime() - begin);
        } catch (CompletionException e) {
            responseHistogram.take(null, e, System.nanoTime() - begin);
        }
    }
}
