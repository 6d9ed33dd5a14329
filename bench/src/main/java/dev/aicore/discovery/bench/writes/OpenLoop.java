package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.api.ShardCommand;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at a fixed rate regardless of the answers. Latencies are measured from the intended start, so that a load that
 * falls behind is visible.
 */
final class OpenLoop {

    private static final long POLL_NANOS = 500_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Creates the observation of a number. */
    @FunctionalInterface
    interface Source {
        ShardCommand observation(long number, long now);
    }

    private final Source source;
    private final double perSecond;
    private long next;

    OpenLoop(Source source, double perSecond) {
        this.source = source;
        this.perSecond = perSecond;
    }

    /** Sends for a duration, from the number where the last run stopped, and waits for the answers. */
    ResponseHistogram run(ObservationSink observationSink, Duration duration) {
        var responseHistogram = new ResponseHistogram();
        long count = (long) (perSecond * duration.toNanos() / 1e9);
        double interval = 1e9 / perSecond;
        long wall = System.currentTimeMillis();
        long begin = System.nanoTime();
        for (long sent = 0; sent < count; LockSupport.parkNanos(POLL_NANOS)) {
            long passed = System.nanoTime() - begin;
            long due = Math.min(count, (long) (passed / interval));
            long now = wall + passed / 1_000_000;
            for (; sent < due; sent++) {
                long intended = begin + (long) (sent * interval);
                var _ = observationSink
                        .submit(source.observation(next++, now))
                        .whenComplete((commandReply, failure) ->
                                responseHistogram.take(commandReply, failure, System.nanoTime() - intended));
            }
        }
        await(responseHistogram, count);
        return responseHistogram;
    }

    private static void await(ResponseHistogram responseHistogram, long count) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (responseHistogram.all() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(count - responseHistogram.all() + " of " + count + " got no answer.");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
