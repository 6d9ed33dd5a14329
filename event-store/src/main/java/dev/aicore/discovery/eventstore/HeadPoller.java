package dev.aicore.discovery.eventstore;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells streams that there is something to read: of this process's own appends at once, of those of other processes when it next looks
 * at the head.
 */
public final class HeadPoller implements AppendListener, AutoCloseable {

    /** Hears how far the store has got. Must return at once. */
    interface HeadListener {
        void reached(long position, long lastFact);

        /**
         * Hears of this process's own append.
         *
         * @param factBefore position of the last fact before it; -1 if that isn't known
         */
        default void appended(AppendedGroup group, long factBefore, long lastFact) {
            reached(group.receipt().lastPosition(), lastFact);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(HeadPoller.class);

    private final StoreReader store;
    private final Duration interval;
    private final List<HeadListener> readers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer;
    private volatile @Nullable StoreHead storeHead;
    private boolean unavailable;

    /** @param interval between two looks at the head */
    public HeadPoller(StoreReader store, Duration interval) {
        this.store = store;
        this.interval = interval;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-watch").factory());
    }

    /** Starts to look. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::poll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The head as it was last seen: at most one interval old while the store can be read, and with all appends of this process; null before the first look. */
    public @Nullable StoreHead head() {
        return storeHead;
    }

    @Override
    public synchronized void onAppended(AppendedGroup group) {
        var before = storeHead;
        long position = group.receipt().lastPosition();
        long lastFact = Math.max(group.lastFact(), before == null ? 0 : before.lastFact());
        if (before != null) {
            storeHead = new StoreHead(
                    position,
                    lastFact,
                    group.receipt().recordedAt(),
                    before.incarnation(),
                    before.shards(),
                    before.epoch());
        }
        long factBefore = before == null ? -1 : before.lastFact();
        readers.forEach(headListener -> headListener.appended(group, factBefore, lastFact));
    }

    @Override
    public void onRecovered() {
        if (!timer.isShutdown()) {
            timer.execute(this::poll);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    void add(HeadListener headListener) {
        readers.add(headListener);
    }

    void remove(HeadListener headListener) {
        readers.remove(headListener);
    }

    private void poll() {
        try {
            var seen = later(store.head());
            unavailable = false;
            notifyListeners(seen.position(), seen.lastFact());
        } catch (RuntimeException e) {
            if (!unavailable) {
                LOG.warn("The head of the event store can't be seen: {}", e.getMessage());
            }
            unavailable = true;
        }
    }

    /** An append may have been heard of since the head was read. */
    private synchronized StoreHead later(StoreHead read) {
        var known = storeHead;
        var later =
                known != null && known.incarnation().equals(read.incarnation()) && known.position() > read.position()
                        ? known
                        : read;
        storeHead = later;
        return later;
    }

    private void notifyListeners(long position, long lastFact) {
        readers.forEach(headListener -> headListener.reached(position, lastFact));
    }
}
