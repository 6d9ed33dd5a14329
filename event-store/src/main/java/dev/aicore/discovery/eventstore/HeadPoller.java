package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.StoreReader.StoreHead;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies streams of new events: of this process's own appends at once, and of those of other processes when it polls
 * the head.
 */
public final class HeadPoller implements AppendListener, AutoCloseable {

    /** Receives the progress of the store. Must return at once. */
    interface HeadListener {
        void headReached(long position, long lastFact);

        /**
         * Called for an append of this process.
         *
         * @param factBefore position of the last fact before the append; -1 if it isn't known
         */
        default void appended(AppendedGroup group, long factBefore, long lastFact) {
            headReached(group.receipt().lastPosition(), lastFact);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(HeadPoller.class);

    /** Minimum pause between two polls while this process is notified of all appends. */
    private static final Duration SAFETY_INTERVAL = Duration.ofSeconds(1);

    private final StoreReader store;
    private final Duration interval;
    private final long ticksOfOwner;
    private final List<HeadListener> readers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer;
    private volatile @Nullable StoreHead storeHead;
    private volatile BooleanSupplier owner = () -> false;
    private final AtomicBoolean pollQueued = new AtomicBoolean();
    private boolean unavailable;
    private long skipped;

    /** @param interval pause between two polls of the head */
    public HeadPoller(StoreReader store, Duration interval) {
        this.store = store;
        this.interval = interval;
        this.ticksOfOwner = Math.max(1, SAFETY_INTERVAL.dividedBy(interval));
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("head-poller").factory());
    }

    /**
     * Polls seldom while {@code isOwner} returns true: only this process appends then, and its appends are notified.
     */
    public void followOwner(BooleanSupplier isOwner) {
        owner = isOwner;
    }

    /** Starts to poll. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Returns the last known head. While the store can be read, it is at most one interval old. It includes all appends
     * of this process, except until it has been polled again after another node has appended events. Null before the
     * first poll.
     */
    public @Nullable StoreHead head() {
        return storeHead;
    }

    @Override
    public synchronized void onAppended(AppendedGroup group) {
        var before = storeHead;
        var receipt = group.receipt();
        if (before != null && before.position() == receipt.firstPosition() - 1) {
            long factBefore = before.lastFact();
            long lastFact = Math.max(group.lastFact(), factBefore);
            storeHead = new StoreHead(
                    receipt.lastPosition(),
                    lastFact,
                    receipt.recordedAt(),
                    before.incarnation(),
                    before.shards(),
                    before.epoch());
            readers.forEach(headListener -> headListener.appended(group, factBefore, lastFact));
            return;
        }
        if (before == null || before.position() < receipt.lastPosition()) {
            // Another node has appended events that this process hasn't seen; there may be facts among them.
            pollSoon();
        }
        long lastFact = Math.max(group.lastFact(), before == null ? 0 : before.lastFact());
        readers.forEach(headListener -> headListener.appended(group, -1, lastFact));
    }

    @Override
    public void onRecovered() {
        pollSoon();
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

    private void pollSoon() {
        if (!timer.isShutdown() && pollQueued.compareAndSet(false, true)) {
            timer.execute(this::poll);
        }
    }

    private void tick() {
        if (!owner.getAsBoolean() || ++skipped >= ticksOfOwner) {
            skipped = 0;
            poll();
        }
    }

    private void poll() {
        // Reset before the read: an append that is reported from now on queues another poll.
        pollQueued.set(false);
        try {
            var seen = updateHead(store.head());
            unavailable = false;
            notifyListeners(seen.position(), seen.lastFact());
        } catch (RuntimeException e) {
            if (!unavailable) {
                LOG.warn("Failed to read the head of the event store: {}", e.getMessage());
            }
            unavailable = true;
        }
    }

    /**
     * Returns the newer one of the known head and a head that was read: an append may have been reported since the
     * read.
     */
    private synchronized StoreHead updateHead(StoreHead read) {
        var known = storeHead;
        var later =
                known != null && known.incarnation().equals(read.incarnation()) && known.position() > read.position()
                        ? known
                        : read;
        storeHead = later;
        return later;
    }

    private void notifyListeners(long position, long lastFact) {
        readers.forEach(headListener -> headListener.headReached(position, lastFact));
    }
}
