package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.BlockingHttpClient;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Load of ten requests per second, or of none.
 *
 * @param name name in the table
 * @param request creates the request of a number, from 0; null for no requests
 * @param maxPercent maximum share of a core for the server's own process, in percent; 0 if there is no threshold
 * @param maxMillis maximum CPU milliseconds of all its processes per request; 0 if there is no threshold
 */
record LowRateLoad(String name, @Nullable IntFunction<byte[]> request, double maxPercent, double maxMillis) {

    static final int PER_SECOND = 10;

    private static final Threshold[] NONE = {};
    private static final Duration INTERVAL = Duration.ofSeconds(1).dividedBy(PER_SECOND);

    static LowRateLoad nothing(double maxPercent) {
        return new LowRateLoad("nothing", null, maxPercent, 0);
    }

    static LowRateLoad of(String requests, IntFunction<byte[]> request, double maxPercent) {
        return new LowRateLoad(PER_SECOND + " " + requests + "/s", request, maxPercent, 0);
    }

    /** Returns this load with a maximum CPU time per request. */
    LowRateLoad within(double millis) {
        return new LowRateLoad(name, request, maxPercent, millis);
    }

    /** Returns the threshold of the server's own process; an empty array if there is none. */
    Threshold[] goals(double percent) {
        return goals(percent, maxPercent, "%");
    }

    /** Returns the threshold of one request over all processes; an empty array if there is none. */
    Threshold[] goalsOfRequest(double millis) {
        return goals(millis, maxMillis, "ms");
    }

    /**
     * Sends at fixed times over one connection.
     *
     * @param port port on 127.0.0.1
     * @param first number of the first request
     * @throws IllegalStateException if an answer isn't good
     */
    void run(int port, int first, Duration duration) throws IOException {
        long begin = System.nanoTime();
        if (request == null) {
            Sleeper.until(begin + duration.toNanos());
            return;
        }
        try (var blockingHttpClient = new BlockingHttpClient(port)) {
            for (int i = 0; i < count(duration); i++) {
                Sleeper.until(begin + i * INTERVAL.toNanos());
                if (!blockingHttpClient.send(request.apply(first + i)).isGood()) {
                    throw new IllegalStateException("Load '" + name + "': request " + i + " was refused.");
                }
            }
            Sleeper.until(begin + duration.toNanos());
        }
    }

    /** Returns the number of requests in a duration. */
    static int count(Duration duration) {
        return (int) (duration.toNanos() / INTERVAL.toNanos());
    }

    private static Threshold[] goals(double figure, double max, String unit) {
        return max == 0 ? NONE : new Threshold[] {new Threshold("≤ %.0f %s".formatted(max, unit), figure <= max)};
    }
}
