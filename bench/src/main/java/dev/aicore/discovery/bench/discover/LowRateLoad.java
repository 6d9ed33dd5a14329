package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.BlockingHttpClient;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ten requests a second, or none.
 *
 * @param name of ten a second, for the table
 * @param request by its number, from 0; null for none
 * @param maxPercent of a core that the server's own process may take meanwhile; 0 if nothing is wanted
 * @param maxMillis of CPU that all of its processes may take for one request; 0 likewise
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

    /** Returns the same, of which each request may take so much. */
    LowRateLoad within(double millis) {
        return new LowRateLoad(name, request, maxPercent, millis);
    }

    /** Returns what is wanted of the server's own process, which took so much; nothing for others. */
    Threshold[] goals(double percent) {
        return goals(percent, maxPercent, "%");
    }

    /** Returns what is wanted of one request, which took so much of all processes. */
    Threshold[] goalsOfRequest(double millis) {
        return goals(millis, maxMillis, "ms");
    }

    /**
     * Sends at fixed times, over one connection.
     *
     * @param port on 127.0.0.1
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
                if (!blockingHttpClient.ask(request.apply(first + i)).isGood()) {
                    throw new IllegalStateException("Of " + name + " number " + i + " was refused.");
                }
            }
            Sleeper.until(begin + duration.toNanos());
        }
    }

    /** How many that are. */
    static int count(Duration duration) {
        return (int) (duration.toNanos() / INTERVAL.toNanos());
    }

    private static Threshold[] goals(double figure, double max, String unit) {
        return max == 0 ? NONE : new Threshold[] {new Threshold("≤ %.0f %s".formatted(max, unit), figure <= max)};
    }
}
