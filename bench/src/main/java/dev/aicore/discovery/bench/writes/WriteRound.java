package dev.aicore.discovery.bench.writes;

import java.util.concurrent.Callable;

/**
 * What one round came to.
 *
 * @param seconds from its first request to its last answer
 * @param cost of all of it
 */
record WriteRound(ResponseHistogram answers, double seconds, ResourceUsage cost) {

    /** Plays one, and takes the meters before and after. */
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

    /** Of a sum over the round, the part of one thing that happened. */
    double each(long sum) {
        return sum / (double) Math.max(1, answers.good());
    }
}
