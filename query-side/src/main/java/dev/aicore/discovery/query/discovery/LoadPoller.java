package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.readmodel.database.PeriodicTask;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads new reports once per second for the services whose loads were recently requested; doesn't read if there are
 * none. While PostgreSQL is unavailable the last known loads stay in use.
 */
final class LoadPoller implements AutoCloseable {

    static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final ConnectionCountSource source;
    private final ServiceLoadCache loads;
    private final Scheduler scheduler;
    private final PeriodicTask polls =
            new PeriodicTask(LoggerFactory.getLogger(LoadPoller.class), "Failed to read the reported connections");

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
        polls.start(Flux.interval(POLL_INTERVAL, scheduler), _ -> poll());
    }

    /** Reads new reports. Never fails. */
    Mono<Void> poll() {
        return polls.attempt(Mono.defer(() -> {
            var lately = loads.recentlyUsed();
            return lately.isEmpty()
                    ? Mono.<Void>empty()
                    : source.readMark().flatMap(mark -> {
                        var behind = new HashMap<>(lately);
                        behind.values().removeIf(position -> position >= mark);
                        return behind.isEmpty() ? Mono.<Void>empty() : read(behind, mark);
                    });
        }));
    }

    private Mono<Void> read(Map<String, Long> behind, long mark) {
        return source.readAfter(behind, mark)
                .doOnNext(found -> loads.reported(behind.keySet(), found.reports(), found.upTo()))
                .then();
    }

    @Override
    public void close() {
        polls.stop();
    }
}
