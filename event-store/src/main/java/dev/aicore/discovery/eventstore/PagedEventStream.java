package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.EventPageReader.EventPage;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams events to one reader. Pages are read ahead on a thread of their own, so that a reader that checks for
 * available events never waits for the database.
 *
 * <p>While the store is unavailable the stream has no more events. An event of a newer version, or another permanent
 * failure, is thrown to the reader after the events before it.
 */
final class PagedEventStream implements TrackingEventStream, HeadPoller.HeadListener {

    private static final Logger LOG = LoggerFactory.getLogger(PagedEventStream.class);

    private final StoreMessageSource source;
    private final HeadPoller headPoller;
    private final int pageSize;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<TrackedEventMessage<?>> ready = new ArrayDeque<>();
    private long readTo;
    /** Progress that the poller has reported, and the part of it that a page that wasn't full has covered. */
    private long notified;

    private long readUpTo;
    private boolean hasMore = true;

    /** Number of events on the last page if there was more to read; below the page size if the events are large. */
    private int onPage;

    private boolean fetching;
    private boolean closed;
    private @Nullable RuntimeException failure;
    private Runnable onAvailable = () -> {};

    PagedEventStream(StoreMessageSource source, HeadPoller headPoller, long position, int pageSize) {
        this.source = source;
        this.headPoller = headPoller;
        this.pageSize = pageSize;
        this.onPage = pageSize;
        this.readTo = position;
        this.readUpTo = position;
        headPoller.add(this);
        fetchIfNeeded();
    }

    @Override
    public void headReached(long position, long lastFact) {
        lock.lock();
        try {
            notified = Math.max(notified, source.endPosition(position, lastFact));
        } finally {
            lock.unlock();
        }
        fetchIfNeeded();
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        lock.lock();
        try {
            failIfStuck();
            return Optional.ofNullable(ready.peek());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        lock.lock();
        try {
            long left = unit.toNanos(timeout);
            while (ready.isEmpty() && failure == null && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            failIfStuck();
            return !ready.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        lock.lock();
        try {
            while (ready.isEmpty()) {
                failIfStuck();
                if (closed) {
                    throw new IllegalStateException("The stream is closed.");
                }
                changed.await();
            }
            return ready.remove();
        } finally {
            lock.unlock();
            fetchIfNeeded();
        }
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        lock.lock();
        try {
            onAvailable = callback;
            if (ready.isEmpty() && failure == null) {
                return true;
            }
        } finally {
            lock.unlock();
        }
        callback.run();
        return true;
    }

    @Override
    public void close() {
        headPoller.remove(this);
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void failIfStuck() {
        if (ready.isEmpty() && failure != null) {
            throw failure;
        }
    }

    private void fetchIfNeeded() {
        lock.lock();
        try {
            if (!fetching && isFetchNeeded()) {
                fetching = true;
                Thread.ofVirtual().name("event-stream").start(this::fetch);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns true if a page is to be read: at most one page of events is left. So the buffer holds about two pages.
     */
    private boolean isFetchNeeded() {
        return !closed && failure == null && (hasMore || readUpTo < notified) && ready.size() <= onPage;
    }

    private void fetch() {
        for (boolean more = true; more; ) {
            long toAnswer = notified();
            var page = read();
            more = addPage(page, toAnswer);
        }
    }

    private long notified() {
        lock.lock();
        try {
            return notified;
        } finally {
            lock.unlock();
        }
    }

    private boolean addPage(@Nullable EventPage page, long toAnswer) {
        boolean more;
        Runnable callback;
        lock.lock();
        try {
            if (page != null) {
                ready.addAll(page.events());
                readTo = page.readTo();
                hasMore = page.full();
                onPage = hasMore ? page.events().size() : pageSize;
                readUpTo = hasMore ? readUpTo : Math.max(toAnswer, readTo);
            }
            more = page != null && isFetchNeeded();
            fetching = more;
            changed.signalAll();
            callback = ready.isEmpty() && failure == null ? () -> {} : onAvailable;
        } finally {
            lock.unlock();
        }
        callback.run();
        return more;
    }

    /**
     * Returns the next page, or null if there is none for now. A failure that isn't transient is kept for the reader.
     */
    private @Nullable EventPage read() {
        try {
            return source.page(readTo, pageSize);
        } catch (StoreUnavailableException e) {
            LOG.info("An event stream waits at position {} for the event store: {}", readTo, e.getMessage());
        } catch (RuntimeException e) {
            lock.lock();
            try {
                failure = e;
            } finally {
                lock.unlock();
            }
        }
        return null;
    }
}
