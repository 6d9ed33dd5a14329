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
}
