package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.discovery.PickStore;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Persists this node's picks every 10 s and at shutdown. A batch that can't be written is retained and retried. */
final class PickFlusher implements AutoCloseable {

    static final Duration FLUSH_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PickFlusher.class);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);
    private static final long FLUSHES_PER_HOUR = Duration.ofHours(1).dividedBy(FLUSH_INTERVAL);

    private final PickCounter pickCounter;
    private final PickStore picks;
    private final Scheduler scheduler;
    private @Nullable Disposable flushes;

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
        flushes = Flux.interval(Duration.ZERO, FLUSH_INTERVAL, scheduler)
                .onBackpressureDrop()
                .concatMap(
                        tick -> tick % FLUSHES_PER_HOUR == FLUSHES_PER_HOUR - 1 ? flush().then(deleteStale()) : flush(),
                        1)
                .subscribe();
    }

    /** Persists the next batch. Never fails. */
    Mono<Void> flush() {
        return Mono.defer(() -> {
                    var batch = pickCounter.nextBatch();
                    return picks.add(batch).doOnNext(upTo -> pickCounter.markPersisted(batch, upTo));
                })
                .then()
                .onErrorResume(PickFlusher::logOnce);
    }

    private Mono<Void> deleteStale() {
        return picks.deleteStale().onErrorResume(PickFlusher::logOnce);
    }

    private static Mono<Void> logOnce(Throwable failure) {
        if (!Database.isUnavailable(failure)) {
            LOG.warn("Failed to write picks to PostgreSQL", failure);
        }
        return Mono.empty();
    }

    /** Stops flushing and waits up to 5 s for the remaining picks: an unfinished batch and the one after it. */
    @Override
    public void close() {
        if (flushes != null) {
            flushes.dispose();
        }
        try {
            flush().then(flush()).toFuture().get(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Failed to write the last picks to PostgreSQL at shutdown", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
