package dev.aicore.discovery.web;

import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Tells of what callers can cause as often as they like at once, and then once a minute at most, with how often it was. */
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
     * Counts it once more.
     *
     * @param line told how often it was since the last line, this time included; called if there is to be one now
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
