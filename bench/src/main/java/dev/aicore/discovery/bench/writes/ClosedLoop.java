package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.command.batching.CommandReply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many requests outstanding: each answer is followed by the next request, on the thread that answered. Each client has
 * instances of its own, provided that half the population is a multiple of the clients: it is far more often heard of an instance
 * than in earnest, but never twice at once.
 */
final class ClosedLoop {

    private final WriteBenchPopulation writeBenchPopulation;
    private final ObservationSink observationSink;
    private final int outstanding;

    ClosedLoop(WriteBenchPopulation writeBenchPopulation, ObservationSink observationSink, int outstanding) {
        this.writeBenchPopulation = writeBenchPopulation;
        this.observationSink = observationSink;
        this.outstanding = outstanding;
    }

    /** Sends for so long. */
    ResponseHistogram run(Duration duration) throws InterruptedException {
        return run(Long.MAX_VALUE, System.nanoTime() + duration.toNanos());
    }

    /** Sends so many, rounded to what is outstanding. */
    ResponseHistogram run(long count) throws InterruptedException {
        return run(count / outstanding, Long.MAX_VALUE);
    }

    private ResponseHistogram run(long each, long end) throws InterruptedException {
        var responseHistogram = new ResponseHistogram();
        var running = new CountDownLatch(outstanding);
        for (int i = 0; i < outstanding; i++) {
            new Client(i, each, end, responseHistogram, running).send();
        }
        running.await();
        return responseHistogram;
    }

    /** One that waits for its answer. It ends at an error, which would otherwise be repeated as fast as it comes. */
    private final class Client implements BiConsumer<@Nullable CommandReply, @Nullable Throwable> {

        private final int number;
        private final long end;
        private final ResponseHistogram responseHistogram;
        private final CountDownLatch running;
        private long left;
        private long sent;
        private long sentAt;

        Client(int number, long count, long end, ResponseHistogram responseHistogram, CountDownLatch running) {
            this.number = number;
            this.left = count;
            this.end = end;
            this.responseHistogram = responseHistogram;
            this.running = running;
        }

        void send() {
            sentAt = System.nanoTime();
            long next = number + (sent >> 1) * outstanding;
            var _ = observationSink
                    .submit(writeBenchPopulation.observation((next << 1) | (sent & 1), System.currentTimeMillis()))
                    .whenComplete(this);
        }

        @Override
        public void accept(@Nullable CommandReply commandReply, @Nullable Throwable failure) {
            long now = System.nanoTime();
            responseHistogram.take(commandReply, failure, now - sentAt);
            sent++;
            left--;
            if (left > 0 && now < end && responseHistogram.bad() == 0) {
                send();
            } else {
                running.countDown();
            }
        }
    }
}
