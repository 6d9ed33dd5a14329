package dev.aicore.discovery.bench.load;

import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import java.io.IOException;
import java.time.Duration;

/** Generates load with one thread over many connections, in the process of the benchmark. */
public final class BuiltInGenerator implements LoadGenerator {

    @Override
    public LoadRound run(int port, RequestCycle requestCycle, int connections, Duration duration) throws IOException {
        return runLoad(port, requestCycle, connections, SendSchedule.closed(duration));
    }

    /**
     * Sends at a fixed rate regardless of the answers. Latencies are measured from the intended start, so that they
     * include the wait of a request for a connection.
     */
    public LoadRound open(int port, RequestCycle requestCycle, int connections, double perSecond, Duration duration)
            throws IOException {
        return runLoad(port, requestCycle, connections, SendSchedule.open(perSecond, duration));
    }

    /** Sends each request once, in order. */
    public LoadRound once(int port, RequestCycle requestCycle, int connections) throws IOException {
        int count = requestCycle.all().size();
        return runLoad(port, requestCycle, Math.min(connections, count), SendSchedule.once(count));
    }

    /**
     * Sends each request at most once, in order, until the duration is over. The number of sent requests is the sum of
     * answers and errors.
     */
    public LoadRound once(int port, RequestCycle requestCycle, int connections, Duration duration) throws IOException {
        int count = requestCycle.all().size();
        return runLoad(port, requestCycle, Math.min(connections, count), SendSchedule.once(count, duration));
    }

    @Override
    public String words() {
        return "the bundled generator";
    }

    private static LoadRound runLoad(int port, RequestCycle requestCycle, int connections, SendSchedule sendSchedule)
            throws IOException {
        try (var generatorRun = new GeneratorRun(port, requestCycle, connections)) {
            return generatorRun.run(sendSchedule);
        }
    }
}
