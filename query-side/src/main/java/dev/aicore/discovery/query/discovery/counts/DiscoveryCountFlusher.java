package dev.aicore.discovery.query.discovery.counts;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.database.PeriodicTask;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCountStore;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Persists completed minutes every 10 s and deletes old rows once an hour. Persists the remaining counts when the
 * process ends.
 */
final class DiscoveryCountFlusher implements AutoCloseable {

    static final Duration FLUSH_INTERVAL = Duration.ofSeconds(10);

    private static final long FLUSHES_PER_HOUR = Duration.ofHours(1).dividedBy(FLUSH_INTERVAL);

    private final DiscoveryCounter counter;
    private final DiscoveryCountStore store;
    private final Duration retention;
    private final TimeSource time;
    private final Scheduler scheduler;
    private final PeriodicTask flushes = new PeriodicTask(
            LoggerFactory.getLogger(DiscoveryCountFlusher.class), "Failed to write discoveries to PostgreSQL");

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
        this.counter = counter;
        this.store = store;
        this.retention = retention;
        this.time = time;
        this.scheduler = scheduler;
    }

    void start() {
        flushes.start(
                Flux.interval(FLUSH_INTERVAL, scheduler),
                tick -> tick % FLUSHES_PER_HOUR == 0 ? flush().then(deleteOld()) : flush());
    }

    /**
     * Persists all completed minutes. Never fails; a minute that can't be persisted now is retried at the next flush.
     */
    Mono<Void> flush() {
        return flushes.attempt(Mono.defer(() -> {
                    var oldest = counter.oldestCompleted();
                    return oldest == null
                            ? Mono.just(false)
                            : store.add(oldest.counts()).then(Mono.fromSupplier(() -> {
                                counter.removePersisted(oldest);
                                return true;
                            }));
                })
                .repeat(DiscoveryCounter.MAX_WAITING_MINUTES)
                .takeWhile(more -> more)
                .then());
    }

    /** Deletes rows older than the retention. Never fails. */
    Mono<Void> deleteOld() {
        return flushes.attempt(Mono.defer(() -> store.deleteOlder(time.now(), retention)));
    }

    @Override
    public void close() {
        flushes.stop();
        counter.end();
        flushes.stopAfter(flush());
    }
}
