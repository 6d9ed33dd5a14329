package dev.aicore.discovery.eventstore;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Suspends the lane while the store's volume has less free space than it is to keep: a PostgreSQL whose write-ahead log finds no room
 * panics, and read models need some room to take in what was acknowledged.
 */
public final class DiskSpaceMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpaceMonitor.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** Far from the limit: so much isn't written within the longer interval. */
    private static final DataSize FAR = DataSize.ofGigabytes(8);

    private static final Duration LONG_INTERVAL = Duration.ofSeconds(2);

    /** Writes go on with so much more than the least, in percent of it: otherwise each write near the limit would end them again. */
    private static final long MARGIN_PERCENT = 10;

    private final SingleWriterAppender appender;
    private final StoreVolume volume;
    private final DataSize minFree;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("store-space").factory());
    private boolean suspended;
    private boolean silent;

    /**
     * Makes a watch that isn't started yet.
     *
     * @param minFree how much is to be left; nothing turns the watch off
     */
    public DiskSpaceMonitor(SingleWriterAppender appender, StoreVolume volume, DataSize minFree) {
        this.appender = appender;
        this.volume = volume;
        this.minFree = minFree;
    }

    /** Measures now, and again and again until it is closed. */
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

    /** Ends the measuring; the lane stays as it is. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Measures once, and suspends the lane or resumes it. Returns after what time to measure again. */
    Duration measure() {
        try {
            long usable = volume.usableBytes();
            decide(usable);
            silent = false;
            return usable - minFree.toBytes() > FAR.toBytes() ? LONG_INTERVAL : INTERVAL;
        } catch (IOException e) {
            // What can't be measured is no reason to refuse: the database itself refuses what it has no room for.
            if (!silent) {
                LOG.warn("The free space of the event store can't be measured: {}", e.getMessage());
                silent = true;
            }
            return INTERVAL;
        }
    }

    private void decide(long usable) {
        long least = minFree.toBytes();
        if (!suspended && usable < least) {
            suspended = true;
            LOG.error(
                    "The event store takes no more writes: its volume has {} MB left, and {} MB are to be left"
                            + " (event_store.min_free_space). Reads go on.",
                    DataSize.ofBytes(usable).toMegabytes(),
                    minFree.toMegabytes());
            appender.suspend(StoreUnavailableException.full(
                    "The volume of the event store has less than " + minFree.toMegabytes() + " MB left."));
        } else if (suspended && usable >= least + least / 100 * MARGIN_PERCENT) {
            suspended = false;
            LOG.info(
                    "The event store takes writes again: its volume has {} MB left.",
                    DataSize.ofBytes(usable).toMegabytes());
            appender.resume();
        }
    }
}
