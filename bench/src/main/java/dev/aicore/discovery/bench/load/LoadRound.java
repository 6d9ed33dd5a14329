package dev.aicore.discovery.bench.load;

/**
 * What one round of load came to.
 *
 * @param answers that were good
 * @param errors answers other than 2xx or without the mark of a good one, broken connections, and what was to be sent and wasn't
 * @param seconds that it took
 */
public record LoadRound(
        long answers, long errors, double seconds, double p50Millis, double p99Millis, double p999Millis) {

    /** Good answers a second. */
    public double perSecond() {
        return answers / seconds;
    }
}
