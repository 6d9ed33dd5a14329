package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.access.AccessFact;
import dev.aicore.discovery.api.repair.EventQuarantined;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the stream of keys in any process, within one or two looks at the head. It holds nothing but its place.
 */
public final class AccessFacts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessFacts.class);
    private static final int PAGE = 500;

    /** Facts of instances come by the thousand: the keys are looked at no oftener than that. */
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final EventPages pages;
    private final StoreWatch watch;
    private final TimeSource time;
    private final Consumer<AccessFact> reader;
    private final Consumer<String> unreadable;
    private final StoreWatch.Reader listener = new StoreWatch.Reader() {
        @Override
        public void reached(long position, long lastFact) {
            AccessFacts.this.reached(lastFact);
        }

        @Override
        public void appended(AppendedGroup group, long factBefore, long lastFact) {
            AccessFacts.this.appended(group, factBefore, lastFact);
        }
    };
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("access-facts").factory());
    private volatile long seenFact = -1;
    private volatile long freshAt;
    private volatile long readAt;
    private long nextSeq;

    /**
     * Follows nothing yet.
     *
     * @param reader hears each fact once, in order; must not block
     * @param unreadable hears in the same order the types of those that can't be read, or couldn't; must not block
     */
    public AccessFacts(
            EventPages pages,
            StoreWatch watch,
            TimeSource time,
            Consumer<AccessFact> reader,
            Consumer<String> unreadable) {
        this.pages = pages;
        this.watch = watch;
        this.time = time;
        this.reader = reader;
        this.unreadable = unreadable;
    }

    /**
     * Reads what there is, and goes on to follow.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public void start() {
        catchUp();
        watch.add(listener);
    }

    /**
     * Reads all that has been appended up to now. Blocks.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public synchronized void catchUp() {
        long began = time.nanos();
        readAt = began;
        for (var page = pages.access(nextSeq, PAGE); !page.isEmpty(); page = pages.access(nextSeq, PAGE)) {
            for (var event : page) {
                switch (event.getPayload()) {
                    case AccessFact fact -> reader.accept(fact);
                    case UnreadableEntry lost -> unreadable.accept(lost.type());
                    case EventQuarantined lost -> unreadable.accept(lost.type());
                    default -> {}
                }
                nextSeq++;
            }
        }
        freshAt = began;
    }

    /** For how long it hasn't been known whether there was more. */
    public Duration age() {
        return Duration.ofNanos(time.nanos() - freshAt);
    }

    /** Most facts are of instances: they are nothing to read the keys again for. */
    private void appended(AppendedGroup group, long factBefore, long lastFact) {
        boolean isOfInstances =
                group.events().stream().allMatch(entry -> !entry.fact() || entry.event() instanceof Fact);
        if (isOfInstances && factBefore >= 0 && factBefore == seenFact) {
            seenFact = lastFact;
        }
        reached(lastFact);
    }

    private void reached(long lastFact) {
        if (lastFact <= seenFact) {
            freshAt = time.nanos();
        } else if (time.nanos() - readAt >= PAUSE_NANOS && waiting.compareAndSet(false, true)) {
            thread.execute(() -> readTo(lastFact));
        }
    }

    private void readTo(long lastFact) {
        // Before it is read: whoever comes from here on reads again.
        waiting.set(false);
        try {
            catchUp();
            seenFact = lastFact;
        } catch (RuntimeException e) {
            LOG.debug("The keys can't be read; they will be with the next look: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        watch.remove(listener);
        thread.shutdownNow();
    }
}
