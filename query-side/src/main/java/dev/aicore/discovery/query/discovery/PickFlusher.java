package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.readmodel.database.PeriodicTask;
import dev.aicore.discovery.readmodel.discovery.PickStore;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Persists this node's picks every 10 s and at shutdown. A batch that can't be written is retained and retried. */
final class PickFlusher implements AutoCloseable {

    static final Duration FLUSH_INTERVAL = Duration.ofSeconds(10);

    private static final long FLUSHES_PER_HOUR = Duration.ofHours(1).dividedBy(FLUSH_INTERVAL);

    private final PickCounter pickCounter;
    private final PickStore picks;
    private final Scheduler scheduler;
    private final PeriodicTask flushes =
            new PeriodicTask(LoggerFactory.getLogger(PickFlusher.class), "Failed to write picks to PostgreSQL");

    /**
     * Creates a flusher that isn't started yet.
     *
     * @param scheduler times the flushes
     */
    PickFlusher(PickCounter pickCounter, PickStore picks, Scheduler scheduler) {
        this.pickCounter = pickCounter;
        this.picks = picks;
        this.scheduler = scheduler;
    }

    void start() {
        flushes.start(
                Flux.interval(Duration.ZERO, FLUSH_INTERVAL, scheduler),
                tick -> tick % FLUSHES_PER_HOUR == FLUSHES_PER_HOUR - 1 ? flush().then(deleteStale()) : flush());
    }

    /** Persists the next batch. Never fails. */
    Mono<Void> flush() {
        return flushes.attempt(Mono.defer(() -> {
                    var batch = pickCounter.nextBatch();
                    return picks.add(batch).doOnNext(upTo -> pickCounter.markPersisted(batch, upTo));
                })
                .then());
    }

    private Mono<Void> deleteStale() {
        return flushes.attempt(picks.deleteStale());
    }

    /** Stops flushing and waits up to 5 s for the remaining picks: an unfinished batch and the one after it. */
    @Override
    public void close() {
        flushes.stopAfter(flush().then(flush()));
    }
}
