package dev.aicore.discovery.bench.writes;

import java.util.concurrent.Callable;

/**
 * What one round came to.
 *
 * @param seconds from its first request to its last answer
 * @param cost of all of it
 */
record Round(Answers answers, double seconds, Meter cost) {

    /** Plays one, and takes the meters before and after. */
    static Round of(Store store, Callable<Answers> load) throws Exception {
        var before = store.meter();
        long begin = System.nanoTime();
        var answers = load.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Round(answers, seconds, store.meter().since(before));
    }

    double perSecond() {
        return answers.good() / seconds;
    }

    /** Of a sum over the round, the part of one thing that happened. */
    double each(long sum) {
        return sum / (double) Math.max(1, answers.good());
    }
}
