package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Workplace;
import dev.aicore.discovery.command.collector.Intake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Many clients register at once, each the next instance as soon as the one before is durable, beside steady heartbeats. */
final class Registering {

    private static final double LEAST = 5_000;

    private final Population population;
    private final Intake intake;
    private final int clients;
    private final OpenLoop heartbeats;
    private final AtomicLong next;
    private final List<Round> beats = new ArrayList<>();

    private Registering(Population population, Intake intake, Size size) {
        this.population = population;
        this.intake = intake;
        this.clients = size.clients();
        this.heartbeats = new OpenLoop(population::heartbeat, size.observations() / 2.0);
        this.next = new AtomicLong(population.size());
    }

    static List<Row> run(Options options, int seconds) throws Exception {
        var size = options.size();
        var load = Machine.loadAverage();
        try (var place = Workplace.make();
                var store = Store.start(place.directory());
                var registry = Registry.ofCommands(store, options.settings())) {
            var population = Population.register(registry.intake(), size.instances(), Size.IN_SERVICE);
            var scene = new Registering(population, registry.intake(), size);
            scene.heartbeats.run(Target.of(registry.intake()), Duration.ofSeconds(size.warmUpSeconds()));
            var rounds = new ArrayList<Round>();
            for (int round = 0; round < options.rounds(); round++) {
                rounds.add(Round.of(store, () -> scene.round(options.round(seconds))));
            }
            return scene.rows(Summary.of(rounds, 0), load + " to " + Machine.loadAverage());
        }
    }

    private List<Row> rows(Summary registrations, String load) {
        var beside = Summary.of(beats, 0);
        return List.of(
                Row.of(
                        "registrations",
                        "registrations/s; CPU and bytes with the heartbeats' share",
                        registrations,
                        load,
                        new Goal("no errors", registrations.errors() == 0),
                        new Goal("≥ %,.0f/s".formatted(LEAST), registrations.medianPerSecond() >= LEAST)),
                Row.of(
                        "registrations",
                        "heartbeats/s beside",
                        beside,
                        load,
                        new Goal("no errors", beside.errors() == 0)));
    }

    private Answers round(Duration duration) throws InterruptedException {
        var answers = new Answers();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            begin(threads, answers, System.nanoTime() + duration.toNanos());
            long begin = System.nanoTime();
            var heard = heartbeats.run(Target.of(intake), duration);
            beats.add(new Round(heard, (System.nanoTime() - begin) / 1e9, Meter.NONE));
        }
        return answers;
    }

    private void begin(ExecutorService threads, Answers answers, long end) {
        for (int client = 0; client < clients; client++) {
            threads.execute(() -> {
                for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                    register(answers, now);
                }
            });
        }
    }

    private void register(Answers answers, long begin) {
        try {
            var reply = intake.register(population.registration(next.getAndIncrement()), null)
                    .join();
            answers.take(reply, null, System.nanoTime() - begin);
        } catch (CompletionException e) {
            answers.take(null, e, System.nanoTime() - begin);
        }
    }
}
