package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells streams that there is something to read: of this process's own facts at once, of everything else (observations, and what
 * other processes append) when it next looks at the head.
 */
public final class StoreWatch implements AppendListener, AutoCloseable {

    /** Hears how far the store has got. Must return at once. */
    @FunctionalInterface
    interface Reader {
        void reached(long position, long lastFact);
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

    private final StoreReader store;
    private final EventStoreSettings settings;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer;
    private volatile @Nullable Head head;
    private boolean away;

    public StoreWatch(StoreReader store, EventStoreSettings settings) {
        this.store = store;
        this.settings = settings;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-watch").factory());
    }

    /** Starts to look. */
    public void start() {
        long interval = settings.watchInterval().toMillis();
        var _ = timer.scheduleWithFixedDelay(this::look, 0, interval, TimeUnit.MILLISECONDS);
    }

    /** The head as it was last seen, at most one interval old while the store can be read; null before the first time. */
    public @Nullable Head head() {
        return head;
    }

    @Override
    public void onAppended(long position, boolean hasFacts) {
        if (hasFacts) {
            tell(position, position);
        }
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
            var seen = store.head();
            head = seen;
            away = false;
            tell(seen.position(), seen.lastFact());
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warn("The head of the event store can't be seen: {}", e.getMessage());
            }
            away = true;
        }
    }

    private void tell(long position, long lastFact) {
        readers.forEach(reader -> reader.reached(position, lastFact));
    }
}
