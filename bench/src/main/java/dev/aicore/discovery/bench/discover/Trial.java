package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Summary.Measured;
import dev.aicore.discovery.bench.load.Round;
import dev.aicore.discovery.bench.rig.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Puts load on a server, for so long. */
@FunctionalInterface
interface Trial {

    Round run(Contestant contestant, Duration duration) throws Exception;

    /** Takes back what a run has left behind, where the next one would meet it. It isn't measured. */
    default void reset(Contestant contestant) throws Exception {}

    /** As fast as it is answered, over so many connections. */
    static Trial closed(Stage stage, int connections) {
        return (contestant, duration) ->
                stage.generator().run(contestant.port(), contestant.requests(), connections, duration);
    }

    /** Warms up each, and then takes rounds. */
    default List<Summary> measure(Stage stage, List<Contestant> contestants, Duration round) throws Exception {
        var warmUps = new ArrayList<WarmUp>();
        for (var contestant : contestants) {
            warmUps.add(warmUp(stage, contestant));
        }
        var rounds = rounds(stage, contestants, round);
        var figures = new ArrayList<Summary>();
        for (int i = 0; i < rounds.size(); i++) {
            figures.add(rounds.get(i).after(warmUps.get(i)));
        }
        return figures;
    }

    /** Until it gets no faster, or the bound is reached: what it does often is compiled then, and in its caches. */
    default WarmUp warmUp(Stage stage, Contestant contestant) throws Exception {
        var warming = stage.size().warming();
        var warmUp = WarmUp.NONE;
        while (!warmUp.isWarm() && warmUp.pieces() < warming.maxPieces()) {
            warmUp = warmUp.and(
                    run(contestant, Duration.ofSeconds(warming.seconds())).perSecond());
            reset(contestant);
        }
        return warmUp;
    }

    /**
     * Takes rounds of each in turn: what the machine does meanwhile, it does to all of them.
     *
     * @return in the order of those that were measured
     */
    default List<Summary> rounds(Stage stage, List<Contestant> contestants, Duration round) throws Exception {
        List<List<Measured>> measured =
                contestants.stream().<List<Measured>>map(_ -> new ArrayList<>()).toList();
        for (int i = 0; i < stage.options().rounds(); i++) {
            for (int j = 0; j < contestants.size(); j++) {
                measured.get(j).add(measured(contestants.get(j), round));
                reset(contestants.get(j));
            }
        }
        return measured.stream().map(Summary::of).toList();
    }

    /** Takes one round, whatever the server was warmed up with. */
    default Measured measured(Contestant contestant, Duration duration) throws Exception {
        long before = Processes.cpuNanos(Stream.of(contestant.process()));
        var round = run(contestant, duration);
        return new Measured(round, Processes.cpuNanos(Stream.of(contestant.process())) - before);
    }
}
