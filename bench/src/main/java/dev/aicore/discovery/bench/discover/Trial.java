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

    /** A piece of a warm-up that is this much faster than the one before it isn't the last. */
    double FASTER = 1.05;

    int MOST_PIECES = 6;

    Round run(Contestant contestant, Duration duration) throws Exception;

    /** As fast as it is answered, over so many connections. */
    static Trial closed(Stage stage, int connections) {
        return (contestant, duration) ->
                stage.generator().run(contestant.port(), contestant.requests(), connections, duration);
    }

    /** Warms up each, and then takes rounds. */
    default List<Summary> measure(Stage stage, List<Contestant> contestants, Duration round) throws Exception {
        for (var contestant : contestants) {
            warmUp(contestant, Duration.ofSeconds(stage.size().warmUpSeconds()));
        }
        return rounds(stage, contestants, round);
    }

    /** Until it gets no faster: what it does often is compiled then, and in its caches. */
    private void warmUp(Contestant contestant, Duration piece) throws Exception {
        double before = 0;
        for (int i = 0; i < MOST_PIECES; i++) {
            double rate = run(contestant, piece).perSecond();
            if (rate < FASTER * before) {
                return;
            }
            before = rate;
        }
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
                measured.get(j).add(round(contestants.get(j), round));
            }
        }
        return measured.stream().map(Summary::of).toList();
    }

    private Measured round(Contestant contestant, Duration duration) throws Exception {
        long before = Processes.cpuNanos(Stream.of(contestant.process()));
        var round = run(contestant, duration);
        return new Measured(round, Processes.cpuNanos(Stream.of(contestant.process())) - before);
    }
}
