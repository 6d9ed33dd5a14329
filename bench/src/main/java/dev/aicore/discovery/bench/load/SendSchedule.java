package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** When to send. Times are those of {@link System#nanoTime()}. */
interface SendSchedule {

    /** Begins now. */
    void begin(long now);

    /** How many may have been sent by then, all in all; none that weren't if it has ended. */
    long due(long now, long sent);

    /** From when on the answer to the next is waited for. */
    long intended(long number, long now);

    /** Whether no more are sent. */
    boolean hasEnded(long now, long sent);

    /** How many were to be sent, of so many that were. */
    long wanted(long sent);

    /** Waits until there may be something to do, and hands over the connections on which there is. */
    void await(Selector selector, Consumer<SelectionKey> ready) throws IOException;

    /** Whenever a connection is free, for so long. */
    static SendSchedule closed(Duration duration) {
        return new Whenever(duration.toNanos(), Long.MAX_VALUE);
    }

    /** Whenever a connection is free, so many. */
    static SendSchedule once(long count) {
        return new Whenever(Long.MAX_VALUE, count);
    }

    /** Whenever a connection is free, so many, for so long at most. */
    static SendSchedule once(long count, Duration duration) {
        return new Whenever(duration.toNanos(), count);
    }

    /** At fixed times. */
    static SendSchedule open(double perSecond, Duration duration) {
        return new AtTimes(1e9 / perSecond, (long) (perSecond * duration.toNanos() / 1e9));
    }

    /** Whenever a connection is free. */
    final class Whenever implements SendSchedule {

        private static final long LOOK_MILLIS = 50;

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
            selector.select(ready, LOOK_MILLIS);
        }
    }

    /**
     * At fixed times. It looks up every tenth of a millisecond or so rather than at each answer: that is what a time of its may be
     * too long, and answers that came together cost little.
     */
    final class AtTimes implements SendSchedule {

        private static final long PAUSE_NANOS = 50_000;
        private static final long PATIENCE_NANOS = 10_000_000_000L;

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

        /** A server that is too slow would otherwise keep it for ever. */
        @Override
        public boolean hasEnded(long now, long sent) {
            return sent >= count || now - begin >= count * interval + PATIENCE_NANOS;
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
