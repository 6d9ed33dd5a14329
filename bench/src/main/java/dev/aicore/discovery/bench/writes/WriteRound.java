package dev.aicore.discovery.bench.writes;

import java.util.concurrent.Callable;

/**
 * Result of one round.
 *
 * @param seconds seconds from its first request to its last answer
 * @param cost resource usage of the whole round
 */
record WriteRound(ResponseHistogram answers, double seconds, ResourceUsage cost) {

    /** Runs a round, and reads the resource usage before and after. */
    static WriteRound of(BenchPostgres benchPostgres, Callable<ResponseHistogram> load) throws Exception {
        var before = benchPostgres.meter();
        long begin = System.nanoTime();
        var responseHistogram = load.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new WriteRound(responseHistogram, seconds, benchPostgres.meter().since(before));
    }

    double perSecond() {
        return answers.good() / seconds;
    }

    /** Returns the part of a sum per good answer. */
    double each(long sum) {
        return sum / (double) Math.max(1, answers.good());
    }
}
