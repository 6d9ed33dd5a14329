package dev.aicore.discovery.bench.load;

/**
 * Result of one round of load.
 *
 * @param answers number of good answers
 * @param errors number of statuses other than 2xx, answers without the mark of a good one, broken connections, and
 *     requests that were due but not sent
 * @param seconds duration of the round
 */
public record LoadRound(
        long answers, long errors, double seconds, double p50Millis, double p99Millis, double p999Millis) {

    /** Returns the good answers per second. */
    public double perSecond() {
        return answers / seconds;
    }
}
