package dev.aicore.discovery.readmodel.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Base of flushers that persist what a counter counted per minute. Persists completed minutes every 10 s and deletes
 * old rows once an hour. Persists the remaining counts when the process ends.
 *
 * @param <M> counts of one minute
 */
public abstract class MinuteFlusher<M> implements AutoCloseable {

    public static final Duration FLUSH_INTERVAL = Duration.ofSeconds(10);

    private static final long FLUSHES_PER_HOUR = Duration.ofHours(1).dividedBy(FLUSH_INTERVAL);

    private final int maxMinutes;
    private final Scheduler scheduler;
    private final PeriodicTask flushes;

    /**
     * Creates a flusher that isn't started yet.
     *
     * @param maxMinutes maximum number of completed minutes that wait in the counter
     * @param scheduler times the flushes
     * @param log logger of the subclass
     * @param failureText log message of a failure, without a period
     */
    protected MinuteFlusher(int maxMinutes, Scheduler scheduler, Logger log, String failureText) {
        this.maxMinutes = maxMinutes;
        this.scheduler = scheduler;
        this.flushes = new PeriodicTask(log, failureText);
    }

    /** Returns the oldest completed minute that hasn't been persisted; null if there is none. */
    protected abstract @Nullable M oldestCompleted();

    /** Writes the rows of a minute; has no effect for a minute that was written before. */
    protected abstract Mono<Void> write(M minute);

    /** Removes a minute from the counter, because it has been persisted. */
    protected abstract void removePersisted(M minute);

    /** Completes the current minute early, because the process ends. */
    protected abstract void completeCurrent();

    /** Deletes rows older than the retention. */
    protected abstract Mono<Void> deleteOldRows();

    /** Starts the flushes. The first one happens after 10 s and deletes old rows, too. */
    public final void start() {
        flushes.start(
                Flux.interval(FLUSH_INTERVAL, scheduler),
                tick -> tick % FLUSHES_PER_HOUR == 0 ? flush().then(deleteOld()) : flush());
    }

    /**
     * Persists all completed minutes. Never fails; a minute that can't be persisted now is retried at the next flush.
     */
    public final Mono<Void> flush() {
        return flushes.attempt(Mono.defer(() -> {
                    var oldest = oldestCompleted();
                    return oldest == null
                            ? Mono.just(false)
                            : write(oldest).then(Mono.fromSupplier(() -> {
                                removePersisted(oldest);
                                return true;
                            }));
                })
                .repeat(maxMinutes)
                .takeWhile(more -> more)
                .then());
    }

    /** Deletes rows older than the retention. Never fails. */
    public final Mono<Void> deleteOld() {
        return flushes.attempt(Mono.defer(this::deleteOldRows));
    }

    @Override
    public final void close() {
        flushes.stop();
        completeCurrent();
        flushes.stopAfter(flush());
    }
}
