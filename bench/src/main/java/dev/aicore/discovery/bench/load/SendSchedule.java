package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Decides when to send. Times are those of {@link System#nanoTime()}. */
interface SendSchedule {

    /** Starts the schedule. */
    void begin(long now);

    /**
     * Returns the total number of requests that may have been sent by {@code now}; {@code sent} if the schedule has
     * ended.
     */
    long due(long now, long sent);

    /** Returns the time from which the latency of the next request is measured. */
    long intended(long number, long now);

    /** Returns true if no more requests are sent. */
    boolean hasEnded(long now, long sent);

    /** Returns the number of requests that should have been sent, given the number that was sent. */
    long wanted(long sent);

    /** Waits until there may be work, and passes on the ready connections. */
    void await(Selector selector, Consumer<SelectionKey> ready) throws IOException;

    /** Creates a closed loop of a duration. */
    static SendSchedule closed(Duration duration) {
        return new Whenever(duration.toNanos(), Long.MAX_VALUE);
    }

    /** Creates a closed loop of a number of requests. */
    static SendSchedule once(long count) {
        return new Whenever(Long.MAX_VALUE, count);
    }

    /** Creates a closed loop of a number of requests that ends after the duration at the latest. */
    static SendSchedule once(long count, Duration duration) {
        return new Whenever(duration.toNanos(), count);
    }

    /** Creates an open loop at a fixed rate. */
    static SendSchedule open(double perSecond, Duration duration) {
        return new AtTimes(1e9 / perSecond, (long) (perSecond * duration.toNanos() / 1e9));
    }

    /** Closed loop: sends whenever a connection is free. */
    final class Whenever implements SendSchedule {

        private static final long POLL_MILLIS = 50;

        private final long lasts;
        private final long count;
        private long begin;

        private Whenever(long lasts, long count) {
            this.lasts = lasts;
            this.count = count;
        }

        @Override
        public void begin(long now) {
            begin = now;
        }

        @Override
        public long due(long now, long sent) {
            return hasEnded(now, sent) ? sent : count;
        }

        @Override
        public long intended(long number, long now) {
            return now;
        }

        @Override
        public boolean hasEnded(long now, long sent) {
            return now - begin >= lasts || sent >= count;
        }

        @Override
        public long wanted(long sent) {
            return sent;
        }

        @Override
        public void await(Selector selector, Consumer<SelectionKey> ready) throws IOException {
            selector.select(ready, POLL_MILLIS);
        }
    }

    /**
     * Open loop: sends at fixed times. Polls about every 0.1 ms instead of waking at each answer; a latency may be too
     * long by that much, and answers that arrive together cost little.
     */
    final class AtTimes implements SendSchedule {

        private static final long PAUSE_NANOS = 50_000;
        private static final long TIMEOUT_NANOS = 10_000_000_000L;

        private final double interval;
        private final long count;
        private long begin;

        private AtTimes(double interval, long count) {
            this.interval = interval;
            this.count = count;
        }

        @Override
        public void begin(long now) {
            begin = now;
        }

        @Override
        public long due(long now, long sent) {
            return hasEnded(now, sent) ? sent : Math.min(count, 1 + (long) ((now - begin) / interval));
        }

        @Override
        public long intended(long number, long now) {
            return begin + (long) (number * interval);
        }

        /** Returns true also after a timeout, because a server that is too slow would never reach the end. */
        @Override
        public boolean hasEnded(long now, long sent) {
            return sent >= count || now - begin >= count * interval + TIMEOUT_NANOS;
        }

        @Override
        public long wanted(long sent) {
            return count;
        }

        @Override
        public void await(Selector selector, Consumer<SelectionKey> ready) throws IOException {
            LockSupport.parkNanos(PAUSE_NANOS);
            selector.selectNow(ready);
        }
    }
}
