package dev.aicore.discovery.command.history;

import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.AppendListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the facts that this process appends, on a thread of its own: a slow log must not delay writes. Each log event
 * has a maximum number of lines per second. Suppressed lines, and those that found the queue full, are counted, and the
 * count is logged.
 */
final class FactLogger implements AppendListener, AutoCloseable {

    /** Name of the logger; its level applies to all facts. */
    static final String NAME = "dev.aicore.discovery.facts";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final int MAX_WAITING = 4_096;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_MILLIS = 1_000;

    private final TimeSource time;
    private final int maxPerSecond;
    private final BlockingQueue<PendingLine> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder overflowed = new LongAdder();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("fact-logger").unstarted(this::run);

    /** Lines of the current second; used by the logger's thread only, like the next fields. */
    private final Map<LogEvent, Integer> written = new EnumMap<>(LogEvent.class);

    private final Map<LogEvent, Long> suppressed = new EnumMap<>(LogEvent.class);
    private long secondBegan;

    private volatile boolean closing;

    private record PendingLine(LogEvent event, Object fact, long position) {}

    /** Wakes the thread at the end; never written. */
    private static final PendingLine END = new PendingLine(LogEvent.LINES_SUPPRESSED, "", 0);

    /** @param maxPerSecond maximum number of lines of one log event in a second */
    FactLogger(TimeSource time, int maxPerSecond) {
        this.time = time;
        this.maxPerSecond = maxPerSecond;
        this.secondBegan = time.nanos();
    }

    void start() {
        thread.start();
    }

    @Override
    public void onAppended(AppendedGroup group) {
        var events = group.events();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var logEvent = event.fact() ? FactLine.eventOf(event.event()) : null;
            if (logEvent != null
                    && event.event() != null
                    && logEvent.isEnabled(LOG)
                    && !queue.offer(new PendingLine(
                            logEvent, event.event(), group.receipt().firstPosition() + i))) {
                overflowed.increment();
            }
        }
    }

    /** Writes the waiting lines, for a second at most. */
    @Override
    public void close() {
        closing = true;
        // If the queue is full, the thread isn't waiting.
        var _ = queue.offer(END);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!(closing && queue.isEmpty())) {
                var next = isReportDue() ? queue.poll(SECOND / 10, TimeUnit.NANOSECONDS) : queue.take();
                beginSecond();
                if (next != null && !next.equals(END)) {
                    write(next);
                }
            }
            reportSuppressed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReportDue() {
        return !suppressed.isEmpty() || overflowed.sum() > 0;
    }

    private void write(PendingLine line) {
        if (written.merge(line.event(), 1, Integer::sum) <= maxPerSecond) {
            FactLine.of(line.fact()).write(LOG, line.event(), line.position());
        } else {
            suppressed.merge(line.event(), 1L, Long::sum);
        }
    }

    private void beginSecond() {
        if (time.nanos() - secondBegan >= SECOND) {
            secondBegan = time.nanos();
            written.clear();
            reportSuppressed();
        }
    }

    private void reportSuppressed() {
        suppressed.forEach((event, count) -> LogEvent.LINES_SUPPRESSED
                .on(LOG)
                .log("{} further lines of {} within a second were suppressed.", count, event.displayName()));
        suppressed.clear();
        long lost = overflowed.sumThenReset();
        if (lost > 0) {
            LogEvent.LINES_SUPPRESSED.on(LOG).log("{} lines were lost because the log is too slow.", lost);
        }
    }
}
