package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.ChangeGenerator.WatchedChange;
import dev.aicore.discovery.bench.load.BlockingHttpClient;
import dev.aicore.discovery.bench.load.LatencySamples;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/**
 * Sends changes one after the other to an otherwise idle server. Pauses vary, so that they aren't synchronized with a
 * server that polls for changes. Not thread-safe.
 */
final class SequentialChangeGenerator {

    private static final int MIN_PAUSE_MILLIS = 30;
    private static final int MAX_PAUSE_MILLIS = 120;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Wait for surplus events: long enough for several polls of a server. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private static final long SEED = 20_261_202;

    private final int port;
    private final IntFunction<byte[]> change;
    private final Pattern position;
    private final Random pauses = new Random(SEED);
    private int made;

    /**
     * Creates the generator; sends nothing yet.
     *
     * @param port port on 127.0.0.1; each round has a new connection, because a server closes idle ones
     * @param change creates the request of a number, from 0
     * @param position pattern of the position in an answer
     */
    SequentialChangeGenerator(int port, IntFunction<byte[]> change, Pattern position) {
        this.port = port;
        this.change = change;
        this.position = position;
    }

    /** Measures the time from each request to its event at a watcher that receives no other events. */
    LoadRound untilNotified(ArrivalQueue arrivalQueue, Duration duration) throws IOException, InterruptedException {
        var changes = new ArrayList<WatchedChange>();
        try (var blockingHttpClient = new BlockingHttpClient(port)) {
            for (long end = System.nanoTime() + duration.toNanos(); System.nanoTime() < end; ) {
                changes.add(send(blockingHttpClient));
            }
        }
        var received = arrivalQueue.take(changes.size(), TIMEOUT, QUIET);
        return WatchResult.of(changes, received, arrivalQueue.dropped(), duration.toNanos() / 1e9)
                .round();
    }

    /**
     * Measures the time from each request to the answer of an immediate discovery that reflects the change.
     *
     * @param discovery creates a discovery of at least a position
     */
    LoadRound untilDiscovered(LongFunction<byte[]> discovery, Duration duration) throws IOException {
        var latencySamples = new LatencySamples();
        try (var blockingHttpClient = new BlockingHttpClient(port)) {
            for (long end = System.nanoTime() + duration.toNanos(); System.nanoTime() < end; ) {
                var sent = send(blockingHttpClient);
                boolean isGood = sent.position() != WatchedChange.REFUSED
                        && blockingHttpClient
                                .send(discovery.apply(sent.position()))
                                .isGood();
                latencySamples.add(isGood, System.nanoTime() - sent.nanos());
            }
        }
        return latencySamples.round();
    }

    private WatchedChange send(BlockingHttpClient blockingHttpClient) throws IOException {
        var request = change.apply(made++);
        Sleeper.during(Duration.ofMillis(pauses.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS)));
        long nanos = System.nanoTime();
        var httpReply = blockingHttpClient.send(request);
        return new WatchedChange(httpReply.isGood() ? httpReply.number(position) : WatchedChange.REFUSED, nanos, 0, 1);
    }
}
