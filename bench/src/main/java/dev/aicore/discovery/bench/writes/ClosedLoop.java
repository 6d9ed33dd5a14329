package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.command.batching.CommandReply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a constant number of requests outstanding: each answer is followed by the next request, on the thread of the
 * answer. Each client has its own instances if half the population is a multiple of the number of clients. An instance
 * is therefore observed far more often than in reality, but never twice concurrently.
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

    /** Sends for a duration. */
    ResponseHistogram run(Duration duration) throws InterruptedException {
        return run(Long.MAX_VALUE, System.nanoTime() + duration.toNanos());
    }

    /** Sends a number of requests, rounded down to a multiple of the outstanding ones. */
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

    /** Client with one outstanding request. It ends at the first error, which would otherwise repeat at full speed. */
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
