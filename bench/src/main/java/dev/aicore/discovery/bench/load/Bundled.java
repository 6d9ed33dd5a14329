package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Our own generator: one thread over many connections, in the process of the benchmark. */
public final class Bundled implements Generator {

    @Override
    public Round run(int port, Requests requests, int connections, Duration duration) throws IOException {
        return play(port, requests, connections, Pace.closed(duration));
    }

    /**
     * Sends at a fixed rate whatever the answers do. How long one took is counted from the time at which it was to be sent, so that
     * requests which wait for a connection count with their wait.
     */
    public Round open(int port, Requests requests, int connections, double perSecond, Duration duration)
            throws IOException {
        return play(port, requests, connections, Pace.open(perSecond, duration));
    }

    /** Sends each once, in their order. */
    public Round once(int port, Requests requests, int connections) throws IOException {
        int count = requests.all().size();
        return play(port, requests, Math.min(connections, count), Pace.once(count));
    }

    /** Sends each at most once, in their order, for so long at most. How many were sent is the sum of its answers and errors. */
    public Round once(int port, Requests requests, int connections, Duration duration) throws IOException {
        int count = requests.all().size();
        return play(port, requests, Math.min(connections, count), Pace.once(count, duration));
    }

    @Override
    public String words() {
        return "the bundled generator";
    }

    private static Round play(int port, Requests requests, int connections, Pace pace) throws IOException {
        try (var run = new Run(port, requests, connections)) {
            return run.play(pace);
        }
    }
}
