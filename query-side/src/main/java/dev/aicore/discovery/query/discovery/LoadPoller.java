package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.readmodel.database.Database;
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
 * Reads new reports once per second for the services whose loads were recently requested; doesn't read if there are
 * none. While PostgreSQL is unavailable the last known loads stay in use.
 */
final class LoadPoller implements AutoCloseable {

    static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LoadPoller.class);

    private final ConnectionCountSource source;
    private final ServiceLoadCache loads;
    private final Scheduler scheduler;
    private @Nullable Disposable polls;

    /**
     * Creates a poller that isn't started yet.
     *
     * @param scheduler times the polls
     */
    LoadPoller(ConnectionCountSource source, ServiceLoadCache loads, Scheduler scheduler) {
        this.source = source;
        this.loads = loads;
        this.scheduler = scheduler;
    }

    void start() {
        polls = Flux.interval(POLL_INTERVAL, scheduler)
                .onBackpressureDrop()
                .concatMap(_ -> poll(), 1)
                .subscribe();
    }

    /** Reads new reports. Never fails. */
    Mono<Void> poll() {
        return Mono.defer(() -> {
                    var lately = loads.recentlyUsed();
                    return lately.isEmpty()
                            ? Mono.<Void>empty()
                            : source.readMark().flatMap(mark -> {
                                var behind = new HashMap<>(lately);
                                behind.values().removeIf(position -> position >= mark);
                                return behind.isEmpty() ? Mono.<Void>empty() : read(behind, mark);
                            });
                })
                .onErrorResume(failure -> {
                    if (!Database.isUnavailable(failure)) {
                        LOG.warn("Failed to read the reported connections", failure);
                    }
                    return Mono.empty();
                });
    }

    private Mono<Void> read(Map<String, Long> behind, long mark) {
        return source.readAfter(behind, mark)
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
