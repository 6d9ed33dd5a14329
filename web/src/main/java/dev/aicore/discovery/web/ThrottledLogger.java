package dev.aicore.discovery.web;

import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Logs events that callers can cause at any rate: the first one at once, later ones at most once a minute, with their
 * number. Logback's {@code DuplicateMessageFilter} drops repetitions without counting them.
 */
public final class ThrottledLogger {

    private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

    private final TimeSource time;
    private final LongAdder unlogged = new LongAdder();
    private final AtomicLong nextLogAt;

    /** Creates a logger whose first event is logged. */
    public ThrottledLogger(TimeSource time) {
        this.time = time;
        this.nextLogAt = new AtomicLong(time.nanos());
    }

    /**
     * Counts an event.
     *
     * @param line writes the log line, with the number of events since the last line, including this one; called only
     *     if a line is due
     */
    public void count(LongConsumer line) {
        unlogged.increment();
        long until = nextLogAt.get();
        long now = time.nanos();
        if (now - until >= 0 && nextLogAt.compareAndSet(until, now + INTERVAL)) {
            line.accept(unlogged.sumThenReset());
        }
    }
}
