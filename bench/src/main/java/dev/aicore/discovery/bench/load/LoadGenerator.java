package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Sends as fast as it is answered: each connection is kept, and has one request under way. */
public interface LoadGenerator {

    /**
     * Sends for so long.
     *
     * @param port on 127.0.0.1
     * @throws IllegalStateException if nobody answers there
     */
    LoadRound run(int port, RequestCycle requestCycle, int connections, Duration duration)
            throws IOException, InterruptedException;

    /** Which it is, for the table. */
    String words();

    /** wrk, which costs the machine least, or ours if there is none. Either takes one core at most. */
    static LoadGenerator ofThisMachine() {
        return WrkGenerator.version().<LoadGenerator>map(WrkGenerator::new).orElseGet(BuiltInGenerator::new);
    }
}
