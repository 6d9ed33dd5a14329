package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.database.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Looks each second for new reports of the services that were asked for lately, and not at all if there are none. While PostgreSQL
 * is away the last ones known go on being used.
 */
final class LoadPoller implements AutoCloseable {

    static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LoadPoller.class);

    private final ConnectionCountSource reader;
    private final ServiceLoadCache loads;
    private final Scheduler scheduler;
    private @Nullable Disposable polls;

    /** @param scheduler what looks are timed by */
    LoadPoller(ConnectionCountSource reader, ServiceLoadCache loads, Scheduler scheduler) {
        this.reader = reader;
        this.loads = loads;
        this.scheduler = scheduler;
    }

    void start() {
        polls = Flux.interval(POLL_INTERVAL, scheduler)
                .onBackpressureDrop()
                .concatMap(_ -> poll(), 1)
                .subscribe();
    }

    /** Never fails. */
    Mono<Void> poll() {
        return Mono.defer(() -> {
                    var lately = loads.lately();
                    return lately.isEmpty()
                            ? Mono.<Void>empty()
                            : reader.mark().flatMap(mark -> {
                                var behind = new HashMap<>(lately);
                                behind.values().removeIf(position -> position >= mark);
                                return behind.isEmpty() ? Mono.<Void>empty() : read(behind, mark);
                            });
                })
                .onErrorResume(failure -> {
                    if (!Database.isUnavailable(failure)) {
                        LOG.warn("Reported connections can't be read", failure);
                    }
                    return Mono.empty();
                });
    }

    private Mono<Void> read(Map<String, Long> behind, long mark) {
        return reader.beyond(behind, mark)
                .doOnNext(found -> loads.reported(behind.keySet(), found.reports(), found.upTo()))
                .then();
    }

    @Override
    public void close() {
        if (polls != null) {
            polls.dispose();
        }
    }
}
