package dev.aicore.discovery.dialect.following;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.DialectSettings;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Holds the last known state of the registry while a dialect needs it, and reports each change. Holds nothing while the
 * state is unknown: before the first read, and when the stores have been away for too long. Thread-safe.
 */
public final class RegistryFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryFollower.class);

    private final RegistrySnapshotService registry;
    private final String dialect;
    private final Duration confirmationInterval;
    private final Duration retryInterval;
    private final Scheduler scheduler;
    private final Sinks.Many<RegistrySnapshot> changes =
            Sinks.many().multicast().directBestEffort();
    private volatile @Nullable RegistrySnapshot current;
    private volatile boolean tooLarge;
    private @Nullable Disposable following;

    /**
     * Creates a follower that holds nothing before it is started.
     *
     * @param dialect name of the protocol
     * @param scheduler times the retries
     */
    public RegistryFollower(
            RegistrySnapshotService registry, String dialect, DialectSettings settings, Scheduler scheduler) {
        this.registry = registry;
        this.dialect = dialect;
        this.confirmationInterval = settings.confirmationInterval();
        this.retryInterval = settings.retryInterval();
        this.scheduler = scheduler;
    }

    /** Returns the last known state; null while it is unknown. Never blocks. */
    public @Nullable RegistrySnapshot current() {
        return current;
    }

    /** Returns true if the state isn't held because the registry exceeds the limit of memory for it. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** Emits the state after each change, at first the present one. Omits states that a subscriber is too slow for. */
    public Flux<RegistrySnapshot> changes() {
        return changes.asFlux().onBackpressureLatest();
    }

    @Override
    public void start() {
        following = next().onErrorResume(
                        failure -> Mono.delay(retryInterval, scheduler).then(Mono.empty()))
                .repeat()
                .subscribe();
    }

    private Mono<RegistrySnapshot> next() {
        return Mono.defer(() -> {
                    var held = current;
                    long index = held == null ? -1 : held.index();
                    return registry.awaitChange(RegistrySnapshot::index, index, confirmationInterval);
                })
                .doOnNext(this::accept)
                .doOnError(this::lose);
    }

    private void accept(RegistrySnapshot snapshot) {
        var before = current;
        current = snapshot;
        tooLarge = false;
        if (before == null || before.index() != snapshot.index()) {
            var _ = changes.tryEmitNext(snapshot);
        }
    }

    private void lose(Throwable failure) {
        if (current != null) {
            LOG.warn("The state of the registry is unknown to {}: {}", dialect, failure.getMessage());
        }
        current = null;
        tooLarge = failure instanceof RegistryException refusal && refusal.code() == ErrorCode.ANSWER_TOO_LARGE;
    }

    @Override
    public void stop() {
        var running = following;
        if (running != null) {
            running.dispose();
            following = null;
        }
    }

    @Override
    public boolean isRunning() {
        return following != null;
    }
}
