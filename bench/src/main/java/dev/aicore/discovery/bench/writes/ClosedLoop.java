package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.command.collector.Reply;
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

    private final Population population;
    private final Target target;
    private final int outstanding;

    ClosedLoop(Population population, Target target, int outstanding) {
        this.population = population;
        this.target = target;
        this.outstanding = outstanding;
    }

    /** Sends for so long. */
    Answers run(Duration duration) throws InterruptedException {
        return run(Long.MAX_VALUE, System.nanoTime() + duration.toNanos());
    }

    /** Sends so many, rounded to what is outstanding. */
    Answers run(long count) throws InterruptedException {
        return run(count / outstanding, Long.MAX_VALUE);
    }

    private Answers run(long each, long end) throws InterruptedException {
        var answers = new Answers();
        var running = new CountDownLatch(outstanding);
        for (int i = 0; i < outstanding; i++) {
            new Client(i, each, end, answers, running).send();
        }
        running.await();
        return answers;
    }

    /** One that waits for its answer. It ends at an error, which would otherwise be repeated as fast as it comes. */
    private final class Client implements BiConsumer<@Nullable Reply, @Nullable Throwable> {

        private final int number;
        private final long end;
        private final Answers answers;
        private final CountDownLatch running;
        private long left;
        private long sent;
        private long sentAt;

        Client(int number, long count, long end, Answers answers, CountDownLatch running) {
            this.number = number;
            this.left = count;
            this.end = end;
            this.answers = answers;
            this.running = running;
        }

        void send() {
            sentAt = System.nanoTime();
            long next = number + (sent >> 1) * outstanding;
            var _ = target.tell(population.observation((next << 1) | (sent & 1), System.currentTimeMillis()))
                    .whenComplete(this);
        }

        @Override
        public void accept(@Nullable Reply reply, @Nullable Throwable failure) {
            long now = System.nanoTime();
            answers.take(reply, failure, now - sentAt);
            sent++;
            left--;
            if (left > 0 && now < end && answers.bad() == 0) {
                send();
            } else {
                running.countDown();
            }
        }
    }
}
