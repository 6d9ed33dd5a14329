package dev.aicore.discovery.config.eventstore;

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
public final class StoreWatch implements AppendListener, AutoCloseable {

    /** Hears how far the store has got. Must return at once. */
    interface Reader {
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

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

    private final StoreReader store;
    private final Duration interval;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer;
    private volatile @Nullable Head head;
    private boolean away;

    /** @param interval between two looks at the head */
    public StoreWatch(StoreReader store, Duration interval) {
        this.store = store;
        this.interval = interval;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-watch").factory());
    }

    /** Starts to look. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The head as it was last seen: at most one interval old while the store can be read, and with all appends of this process; null before the first look. */
    public @Nullable Head head() {
        return head;
    }

    @Override
    public synchronized void onAppended(AppendedGroup group) {
        var before = head;
        long position = group.receipt().lastPosition();
        long lastFact = Math.max(group.lastFact(), before == null ? 0 : before.lastFact());
        if (before != null) {
            head = new Head(
                    position,
                    lastFact,
                    group.receipt().recordedAt(),
                    before.incarnation(),
                    before.shards(),
                    before.epoch());
        }
        long factBefore = before == null ? -1 : before.lastFact();
        readers.forEach(reader -> reader.appended(group, factBefore, lastFact));
    }

    @Override
    public void onRecovered() {
        if (!timer.isShutdown()) {
            timer.execute(this::look);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    void add(Reader reader) {
        readers.add(reader);
    }

    void remove(Reader reader) {
        readers.remove(reader);
    }

    private void look() {
        try {
            var seen = later(store.head());
            away = false;
            tell(seen.position(), seen.lastFact());
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warn("The head of the event store can't be seen: {}", e.getMessage());
            }
            away = true;
        }
    }

    /** An append may have been heard of since the head was read. */
    private synchronized Head later(Head read) {
        var known = head;
        var later =
                known != null && known.incarnation().equals(read.incarnation()) && known.position() > read.position()
                        ? known
                        : read;
        head = later;
        return later;
    }

    private void tell(long position, long lastFact) {
        readers.forEach(reader -> reader.reached(position, lastFact));
    }
}
