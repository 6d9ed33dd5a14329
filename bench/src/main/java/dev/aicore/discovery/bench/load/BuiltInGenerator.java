package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Our own generator: one thread over many connections, in the process of the benchmark. */
public final class BuiltInGenerator implements LoadGenerator {

    @Override
    public LoadRound run(int port, RequestCycle requestCycle, int connections, Duration duration) throws IOException {
        return play(port, requestCycle, connections, SendSchedule.closed(duration));
    }

    /**
     * Sends at a fixed rate whatever the answers do. How long one took is counted from the time at which it was to be sent, so that
     * requests which wait for a connection count with their wait.
     */
    public LoadRound open(int port, RequestCycle requestCycle, int connections, double perSecond, Duration duration)
            throws IOException {
        return play(port, requestCycle, connections, SendSchedule.open(perSecond, duration));
    }

    /** Sends each once, in their order. */
    public LoadRound once(int port, RequestCycle requestCycle, int connections) throws IOException {
        int count = requestCycle.all().size();
        return play(port, requestCycle, Math.min(connections, count), SendSchedule.once(count));
    }

    /** Sends each at most once, in their order, for so long at most. How many were sent is the sum of its answers and errors. */
    public LoadRound once(int port, RequestCycle requestCycle, int connections, Duration duration) throws IOException {
        int count = requestCycle.all().size();
        return play(port, requestCycle, Math.min(connections, count), SendSchedule.once(count, duration));
    }

    @Override
    public String words() {
        return "the bundled generator";
    }

    private static LoadRound play(int port, RequestCycle requestCycle, int connections, SendSchedule sendSchedule)
            throws IOException {
        try (var generatorRun = new GeneratorRun(port, requestCycle, connections)) {
            return generatorRun.play(sendSchedule);
        }
    }
}
