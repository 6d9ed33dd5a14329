package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Caller;
import dev.aicore.discovery.bench.load.Round;
import dev.aicore.discovery.bench.load.Timings;
import dev.aicore.discovery.bench.rig.Rest;
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
final class SingleChanges {

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
    SingleChanges(int port, IntFunction<byte[]> change, Pattern position) {
        this.port = port;
        this.change = change;
        this.position = position;
    }

    /** Takes the time from each request to the event of it, at a watcher who is told of nothing else. */
    Round untilTold(Arrivals arrivals, Duration duration) throws IOException, InterruptedException {
        var changes = new ArrayList<Change>();
        try (var caller = new Caller(port)) {
            for (long end = System.nanoTime() + duration.toNanos(); System.nanoTime() < end; ) {
                changes.add(send(caller));
            }
        }
        var told = arrivals.take(changes.size(), PATIENCE, QUIET);
        return Told.of(changes, told, arrivals.unkept(), duration.toNanos() / 1e9)
                .round();
    }

    /**
     * Takes the time from each request to the answer of a discovery that reflects the change, asked for at once.
     *
     * @param discovery of a position at least
     */
    Round untilDiscovered(LongFunction<byte[]> discovery, Duration duration) throws IOException {
        var timings = new Timings();
        try (var caller = new Caller(port)) {
            for (long end = System.nanoTime() + duration.toNanos(); System.nanoTime() < end; ) {
                var sent = send(caller);
                boolean isGood = sent.position() != Change.REFUSED
                        && caller.ask(discovery.apply(sent.position())).isGood();
                timings.add(isGood, System.nanoTime() - sent.nanos());
            }
        }
        return timings.round();
    }

    private Change send(Caller caller) throws IOException {
        var request = change.apply(made++);
        Rest.during(Duration.ofMillis(pauses.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS)));
        long nanos = System.nanoTime();
        var reply = caller.ask(request);
        return new Change(reply.isGood() ? reply.number(position) : Change.REFUSED, nanos, 0, 1);
    }
}
