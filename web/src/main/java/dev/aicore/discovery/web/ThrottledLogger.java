package dev.aicore.discovery.web;

import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Logs events that callers can cause at any rate: the first one at once, later ones at most once a minute, with their
 * number.
 */
final class ThrottledLogger {

    private static final long SILENCE = Duration.ofMinutes(1).toNanos();

    private final TimeSource time;
    private final LongAdder untold = new LongAdder();
    private final AtomicLong silentUntil;

    ThrottledLogger(TimeSource time) {
        this.time = time;
        this.silentUntil = new AtomicLong(time.nanos());
    }

    /**
     * Counts an event.
     *
     * @param line writes the log line, with the number of events since the last line, including this one; called only
     *     if a line is due
     */
    void count(LongConsumer line) {
        untold.increment();
        long until = silentUntil.get();
        long now = time.nanos();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + SILENCE)) {
            line.accept(untold.sumThenReset());
        }
    }
}
