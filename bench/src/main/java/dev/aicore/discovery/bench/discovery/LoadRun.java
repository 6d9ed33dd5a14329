package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.ProcessStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Puts load on a server for a duration. */
@FunctionalInterface
interface LoadRun {

    LoadRound run(BenchmarkedServer benchmarkedServer, Duration duration) throws Exception;

    /** Undoes the effects of a run that would affect the next one. Isn't measured. */
    default void reset(BenchmarkedServer benchmarkedServer) throws Exception {}

    /** Creates a closed loop over a number of connections. */
    static LoadRun closed(BenchContext benchContext, int connections) {
        return (benchmarkedServer, duration) -> benchContext
                .generator()
                .run(benchmarkedServer.port(), benchmarkedServer.requests(), connections, duration);
    }

    /** Warms up each server, and then measures rounds. */
    default List<RoundSummary> measure(BenchContext benchContext, List<BenchmarkedServer> contestants, Duration round)
            throws Exception {
        var warmUps = new ArrayList<WarmUpDetector>();
        for (var benchmarkedServer : contestants) {
            warmUps.add(warmUp(benchContext, benchmarkedServer));
        }
        var rounds = rounds(benchContext, contestants, round);
        var figures = new ArrayList<RoundSummary>();
        for (int i = 0; i < rounds.size(); i++) {
            figures.add(rounds.get(i).after(warmUps.get(i)));
        }
        return figures;
    }

    /**
     * Warms up until the rate doesn't rise any more, or the limit is reached: then hot code is compiled and caches are
     * filled.
     */
    default WarmUpDetector warmUp(BenchContext benchContext, BenchmarkedServer benchmarkedServer) throws Exception {
        var warming = benchContext.size().warming();
        var warmUpDetector = WarmUpDetector.NONE;
        while (!warmUpDetector.isWarm() && warmUpDetector.pieces() < warming.maxPieces()) {
            warmUpDetector =
                    warmUpDetector.and(run(benchmarkedServer, warming.piece()).perSecond());
            reset(benchmarkedServer);
        }
        return warmUpDetector;
    }

    /**
     * Measures rounds of each server in turn, so that disturbances by the machine affect all of them.
     *
     * @return results in the order of the servers
     */
    default List<RoundSummary> rounds(BenchContext benchContext, List<BenchmarkedServer> contestants, Duration round)
            throws Exception {
        List<List<Measured>> measured =
                contestants.stream().<List<Measured>>map(_ -> new ArrayList<>()).toList();
        for (int i = 0; i < benchContext.options().rounds(); i++) {
            for (int j = 0; j < contestants.size(); j++) {
                measured.get(j).add(measured(contestants.get(j), round));
                reset(contestants.get(j));
            }
        }
        return measured.stream().map(RoundSummary::of).toList();
    }

    /** Measures one round without a warm-up. */
    default Measured measured(BenchmarkedServer benchmarkedServer, Duration duration) throws Exception {
        long before = ProcessStats.cpuNanos(Stream.of(benchmarkedServer.process()));
        var loadRound = run(benchmarkedServer, duration);
        return new Measured(loadRound, ProcessStats.cpuNanos(Stream.of(benchmarkedServer.process())) - before);
    }
}
