package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.AccessDenialCounter;
import dev.aicore.discovery.access.AccessDenialCounter.MinuteCount;
import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.access.DenialStore;
import dev.aicore.discovery.readmodel.database.PeriodicTask;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Persists completed minutes every 10 s and deletes old rows once an hour. Persists the remaining counts when the
 * process ends.
 */
final class DenialFlusher implements AutoCloseable {

    static final Duration FLUSH_INTERVAL = Duration.ofSeconds(10);

    private static final long FLUSHES_PER_HOUR = Duration.ofHours(1).dividedBy(FLUSH_INTERVAL);

    private final AccessDenialCounter accessDenialCounter;
    private final DenialStore denials;
    private final Duration retention;
    private final TimeSource time;
    private final Scheduler scheduler;
    private final PeriodicTask flushes =
            new PeriodicTask(LoggerFactory.getLogger(DenialFlusher.class), "Failed to write denials to PostgreSQL");

    /**
     * Creates a flusher that isn't started yet.
     *
     * @param retention how long persisted denials are retained
     * @param scheduler times the flushes
     */
    DenialFlusher(
            AccessDenialCounter accessDenialCounter,
            DenialStore denials,
            Duration retention,
            TimeSource time,
            Scheduler scheduler) {
        this.accessDenialCounter = accessDenialCounter;
        this.denials = denials;
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
                    var oldest = accessDenialCounter.oldestCompleted();
                    return oldest == null
                            ? Mono.just(false)
                            : denials.add(rows(oldest)).then(Mono.fromSupplier(() -> {
                                accessDenialCounter.removePersisted(oldest);
                                return true;
                            }));
                })
                .repeat(AccessDenialCounter.MAX_MINUTES)
                .takeWhile(more -> more)
                .then());
    }

    /** Deletes rows older than the retention. Never fails. */
    Mono<Void> deleteOld() {
        return flushes.attempt(Mono.defer(() -> denials.deleteOlder(time.now(), retention)));
    }

    private static List<AccessDenial> rows(List<MinuteCount> minute) {
        return minute.stream()
                .map(count -> new AccessDenial(count.minute(), count.who(), count.route(), count.code(), count.count()))
                .toList();
    }

    @Override
    public void close() {
        flushes.stop();
        accessDenialCounter.end();
        flushes.stopAfter(flush());
    }
}
