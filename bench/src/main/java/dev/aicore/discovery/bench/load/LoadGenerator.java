package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Generates load in a closed loop: each persistent connection has one request in flight. */
public interface LoadGenerator {

    /**
     * Sends for a duration.
     *
     * @param port port on 127.0.0.1
     * @throws IllegalStateException if the server doesn't answer
     */
    LoadRound run(int port, RequestCycle requestCycle, int connections, Duration duration)
            throws IOException, InterruptedException;

    /** Returns the generator's name for the table. */
    String words();

    /**
     * Returns wrk, which costs the machine least, or the built-in generator if wrk isn't installed. Either takes at
     * most one core.
     */
    static LoadGenerator ofThisMachine() {
        return WrkGenerator.version().<LoadGenerator>map(WrkGenerator::new).orElseGet(BuiltInGenerator::new);
    }

    /**
     * Result of one round of load.
     *
     * @param answers number of good answers
     * @param errors number of statuses other than 2xx, answers without the mark of a good one, broken connections, and
     *     requests that were due but not sent
     * @param seconds duration of the round
     */
    record LoadRound(long answers, long errors, double seconds, double p50Millis, double p99Millis, double p999Millis) {

        /** Returns the good answers per second. */
        public double perSecond() {
            return answers / seconds;
        }
    }
}
