package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.telemetry.LogEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Suspends the appender while the free space on the store's volume is below a minimum. PostgreSQL panics if its
 * write-ahead log finds no space, and the read models need space to fold the events that were acknowledged.
 */
public final class DiskSpaceMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpaceMonitor.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /**
     * Distance from the minimum above which the longer interval is used: less than this is written within that
     * interval.
     */
    private static final DataSize LONG_INTERVAL_DISTANCE = DataSize.ofGigabytes(8);

    private static final Duration LONG_INTERVAL = Duration.ofSeconds(2);

    /**
     * Free space above the minimum at which writes resume, in percent of the minimum. Without the margin each write
     * near the minimum would suspend the appender again.
     */
    private static final long MARGIN_PERCENT = 10;

    private final SingleWriterAppender appender;
    private final StoreVolume volume;
    private final DataSize minFree;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("disk-space-monitor").factory());
    private boolean suspended;
    private boolean silent;

    /**
     * Creates a monitor that isn't started yet.
     *
     * @param minFree free space to keep; 0 disables the monitor
     */
    public DiskSpaceMonitor(SingleWriterAppender appender, StoreVolume volume, DataSize minFree) {
        this.appender = appender;
        this.volume = volume;
        this.minFree = minFree;
    }

    /** Measures now and then periodically until closed. Does nothing if the monitor is disabled. */
    public void start() {
        if (minFree.toBytes() > 0) {
            measureAndReschedule();
        }
    }

    private void measureAndReschedule() {
        long left = measure().toMillis();
        if (!timer.isShutdown()) {
            var _ = timer.schedule(this::measureAndReschedule, left, TimeUnit.MILLISECONDS);
        }
    }

    /** Stops measuring. The appender remains suspended or active. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Measures once and suspends or resumes the appender. Returns the time until the next measurement. */
    Duration measure() {
        try {
            long usable = volume.usableBytes();
            decide(usable);
            silent = false;
            return usable - minFree.toBytes() > LONG_INTERVAL_DISTANCE.toBytes() ? LONG_INTERVAL : INTERVAL;
        } catch (IOException e) {
            // A failed measurement is no reason to refuse appends: the database itself refuses what it has no space
            // for.
            if (!silent) {
                LOG.warn("Failed to measure the free space of the event store: {}", e.getMessage());
                silent = true;
            }
            return INTERVAL;
        }
    }

    private void decide(long usable) {
        long minBytes = minFree.toBytes();
        if (!suspended && usable < minBytes) {
            suspended = true;
            LogEvent.STORE_FULL
                    .on(LOG)
                    .log(
                            "The event store accepts no more writes: its volume has {} MB left, less than the minimum"
                                    + " of {} MB (event_store.min_free_space). Reads continue.",
                            DataSize.ofBytes(usable).toMegabytes(),
                            minFree.toMegabytes());
            appender.suspend(StoreUnavailableException.full(
                    "The volume of the event store has less than " + minFree.toMegabytes() + " MB left."));
        } else if (suspended && usable >= minBytes + minBytes / 100 * MARGIN_PERCENT) {
            suspended = false;
            LogEvent.STORE_RECOVERED
                    .on(LOG)
                    .log(
                            "The event store accepts writes again: its volume has {} MB left.",
                            DataSize.ofBytes(usable).toMegabytes());
            appender.resume();
        }
    }

    /** Measures the volume that holds the files of the store's database. */
    @FunctionalInterface
    public interface StoreVolume {

        /**
         * Returns the number of bytes that can still be written. Blocks as long as the file system takes.
         *
         * @throws IOException if the file system doesn't report it
         */
        long usableBytes() throws IOException;
    }
}
