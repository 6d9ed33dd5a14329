package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.database.Database;
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

/** Writes this node's picks down every few seconds, and when it ends. What can't be written is tried again, and kept until then. */
final class PickFlush implements AutoCloseable {

    static final Duration BETWEEN_FLUSHES = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PickFlush.class);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);
    private static final long FLUSHES_AN_HOUR = Duration.ofHours(1).dividedBy(BETWEEN_FLUSHES);

    private final Picks picks;
    private final PickRows rows;
    private final Scheduler scheduler;
    private @Nullable Disposable flushes;

    /** @param scheduler what flushes are timed by */
    PickFlush(Picks picks, PickRows rows, Scheduler scheduler) {
        this.picks = picks;
        this.rows = rows;
        this.scheduler = scheduler;
    }

    void start() {
        flushes = Flux.interval(Duration.ZERO, BETWEEN_FLUSHES, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> tick % FLUSHES_AN_HOUR == FLUSHES_AN_HOUR - 1 ? flush().then(forget()) : flush(), 1)
                .subscribe();
    }

    /** Never fails. */
    Mono<Void> flush() {
        return Mono.defer(() -> {
                    var batch = picks.freeze();
                    return rows.add(batch).doOnNext(upTo -> picks.written(batch, upTo));
                })
                .then()
                .onErrorResume(PickFlush::told);
    }

    private Mono<Void> forget() {
        return rows.forgetGone().onErrorResume(PickFlush::told);
    }

    private static Mono<Void> told(Throwable failure) {
        if (!Database.isUnavailable(failure)) {
            LOG.warn("Picks can't be written down", failure);
        }
        return Mono.empty();
    }

    /** Waits shortly for what is left: for a batch that was under way, and for one behind it. */
    @Override
    public void close() {
        if (flushes != null) {
            flushes.dispose();
        }
        try {
            flush().then(flush()).toFuture().get(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The last picks were not written down", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
