package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.access.ApiKeyFact;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the stream of API keys in any process. A new event is delivered within one or two polls of the head. Keeps no
 * state except its place in the stream.
 */
public final class ApiKeyEventSubscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyEventSubscriber.class);
    private static final int PAGE = 500;

    /** Minimum time between two reads of the stream of API keys, because facts of instances arrive by the thousand. */
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final EventPageReader pages;
    private final HeadPoller headPoller;
    private final TimeSource time;
    private final Consumer<ApiKeyFact> reader;
    private final Consumer<String> unreadable;
    private final HeadPoller.HeadListener listener = new HeadPoller.HeadListener() {
        @Override
        public void headReached(long position, long lastFact) {
            ApiKeyEventSubscriber.this.onHeadReached(lastFact);
        }

        @Override
        public void appended(AppendedGroup group, long factBefore, long lastFact) {
            ApiKeyEventSubscriber.this.appended(group, factBefore, lastFact);
        }
    };
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("api-key-events").factory());
    private volatile long lastSeenFact = -1;
    private volatile long upToDateAt;
    private volatile long readAt;
    private long nextSeq;

    /**
     * Creates a subscriber that doesn't follow the stream yet.
     *
     * @param reader receiver of each fact, called once per fact, in order; must not block
     * @param unreadable receiver of the types of unreadable and quarantined events, called in the same order; must not
     *     block
     */
    public ApiKeyEventSubscriber(
            EventPageReader pages,
            HeadPoller headPoller,
            TimeSource time,
            Consumer<ApiKeyFact> reader,
            Consumer<String> unreadable) {
        this.pages = pages;
        this.headPoller = headPoller;
        this.time = time;
        this.reader = reader;
        this.unreadable = unreadable;
    }

    /**
     * Reads all existing events and then follows the stream.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public void start() {
        catchUp();
        headPoller.add(listener);
    }

    /**
     * Reads all events that have been appended up to now. Blocks.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public synchronized void catchUp() {
        long began = time.nanos();
        readAt = began;
        for (var page = pages.access(nextSeq, PAGE); !page.isEmpty(); page = pages.access(nextSeq, PAGE)) {
            for (var event : page) {
                switch (event.getPayload()) {
                    case ApiKeyFact fact -> reader.accept(fact);
                    case UnreadableEvent lost -> unreadable.accept(lost.type());
                    case EventQuarantined quarantined -> unreadable.accept(quarantined.type());
                    default -> {}
                }
                nextSeq++;
            }
        }
        upToDateAt = began;
    }

    /** Returns the time since this subscriber last knew that it had read all events. */
    public Duration staleness() {
        return Duration.ofNanos(time.nanos() - upToDateAt);
    }

    /**
     * Skips the read if a group has events of instances only and follows directly on the last fact seen: most groups
     * do, and they don't change the keys.
     */
    private void appended(AppendedGroup group, long factBefore, long lastFact) {
        boolean isOfInstances =
                group.events().stream().allMatch(event -> !event.fact() || event.event() instanceof Fact);
        if (isOfInstances && factBefore >= 0 && factBefore == lastSeenFact) {
            lastSeenFact = lastFact;
        }
        onHeadReached(lastFact);
    }

    private void onHeadReached(long lastFact) {
        if (lastFact <= lastSeenFact) {
            upToDateAt = time.nanos();
        } else if (time.nanos() - readAt >= PAUSE_NANOS && waiting.compareAndSet(false, true)) {
            thread.execute(() -> readTo(lastFact));
        }
    }

    private void readTo(long lastFact) {
        // Reset before the read: a notification that arrives from now on causes another read.
        waiting.set(false);
        try {
            catchUp();
            lastSeenFact = lastFact;
        } catch (RuntimeException e) {
            LOG.debug("Failed to read the API key events; retrying with the next notification: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        headPoller.remove(listener);
        thread.shutdownNow();
    }
}
