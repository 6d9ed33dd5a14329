package dev.aicore.discovery.query.discovery.counts;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.discovery.counts.DiscoveryCounter.CountedMinute;
import dev.aicore.discovery.readmodel.database.MinuteFlusher;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCountStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Persists who discovered what in completed minutes. */
final class DiscoveryCountFlusher extends MinuteFlusher<CountedMinute> {

    private final DiscoveryCounter counter;
    private final DiscoveryCountStore store;
    private final Duration retention;
    private final TimeSource time;

    /**
     * Creates a flusher that isn't started yet.
     *
     * @param retention how long persisted counts are retained
     * @param scheduler times the flushes
     */
    DiscoveryCountFlusher(
            DiscoveryCounter counter,
            DiscoveryCountStore store,
            Duration retention,
            TimeSource time,
            Scheduler scheduler) {
        super(
                DiscoveryCounter.MAX_WAITING_MINUTES,
                scheduler,
                LoggerFactory.getLogger(DiscoveryCountFlusher.class),
                "Failed to write discoveries to PostgreSQL");
        this.counter = counter;
        this.store = store;
        this.retention = retention;
        this.time = time;
    }

    @Override
    protected @Nullable CountedMinute oldestCompleted() {
        return counter.oldestCompleted();
    }

    @Override
    protected Mono<Void> write(CountedMinute minute) {
        return store.add(minute.counts());
    }

    @Override
    protected void removePersisted(CountedMinute minute) {
        counter.removePersisted(minute);
    }

    @Override
    protected void completeCurrent() {
        counter.end();
    }

    @Override
    protected Mono<Void> deleteOldRows() {
        return store.deleteOlder(time.now(), retention);
    }
}
