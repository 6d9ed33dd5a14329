package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.BlockingHttpClient;
import dev.aicore.discovery.bench.load.LatencySamples;
import dev.aicore.discovery.bench.load.LoadRound;
import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/**
 * Sends changes one after the other to a server that has nothing else to do. Pauses between them differ: they have no beat in common
 * with a server that looks for changes at fixed times. For one thread.
 */
final class SequentialChangeGenerator {

    private static final int MIN_PAUSE_MILLIS = 30;
    private static final int MAX_PAUSE_MILLIS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Long enough for several looks of a server: who is told twice is told by then. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private static final long SEED = 20_261_202;

    private final int port;
    private final IntFunction<byte[]> change;
    private final Pattern position;
    private final Random pauses = new Random(SEED);
    private int made;

    /**
     * Sends nothing yet.
     *
     * @param port on 127.0.0.1; a connection is as old as its round, for a server ends one that is silent
     * @param change by its number, from 0
     * @param position where an answer tells it
     */
    SequentialChangeGenerator(int port, IntFunction<byte[]> change, Pattern position) {
        this.port = port;
        this.change = change;
        this.position = position;
    }

    /** Takes the time from each request to the event of it, at a watcher who is told of nothing else. */
    LoadRound untilTold(ArrivalQueue arrivalQueue, Duration duration) throws IOException, InterruptedException {
        var changes = new ArrayList<ScheduledChange>();
        try (var blockingHttpClient = new BlockingHttpClient(port)) {
            for (long end = System.nanoTime() + duration.toNanos(); System.nanoTime() < end; ) {
                changes.add(send(blockingHttpClient));
            }
        }
        var told = arrivalQueue.take(changes.size(), PATIENCE, QUIET);
        return WatchResult.of(changes, told, arrivalQueue.unkept(), duration.toNanos() / 1e9)
                .round();
    }

    /**
     * Takes the time from each request to the answer of a discovery that reflects the change, asked for at once.
     *
     * @param discovery of a position at least
     */
    LoadRound untilDiscovered(LongFunction<byte[]> discovery, Duration duration) throws IOException {
        var latencySamples = new LatencySamples();
        try (var blockingHttpClient = new BlockingHttpClient(port)) {
            for (long end = System.nanoTime() + duration.toNanos(); System.nanoTime() < end; ) {
                var sent = send(blockingHttpClient);
                boolean isGood = sent.position() != ScheduledChange.REFUSED
                        && blockingHttpClient
                                .ask(discovery.apply(sent.position()))
                                .isGood();
                latencySamples.add(isGood, System.nanoTime() - sent.nanos());
            }
        }
        return latencySamples.round();
    }

    private ScheduledChange send(BlockingHttpClient blockingHttpClient) throws IOException {
        var request = change.apply(made++);
        Sleeper.during(Duration.ofMillis(pauses.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS)));
        long nanos = System.nanoTime();
        var httpReply = blockingHttpClient.ask(request);
        return new ScheduledChange(
                httpReply.isGood() ? httpReply.number(position) : ScheduledChange.REFUSED, nanos, 0, 1);
    }
}
