package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.AccessDenialCounter;
import dev.aicore.discovery.access.AccessDenialCounter.MinuteCount;
import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.access.DenialStore;
import dev.aicore.discovery.readmodel.database.MinuteFlusher;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Persists the denials of completed minutes. */
final class DenialFlusher extends MinuteFlusher<List<MinuteCount>> {

    private final AccessDenialCounter accessDenialCounter;
    private final DenialStore denials;
    private final Duration retention;
    private final TimeSource time;

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
        super(
                AccessDenialCounter.MAX_MINUTES,
                scheduler,
                LoggerFactory.getLogger(DenialFlusher.class),
                "Failed to write denials to PostgreSQL");
        this.accessDenialCounter = accessDenialCounter;
        this.denials = denials;
        this.retention = retention;
        this.time = time;
    }

    @Override
    protected @Nullable List<MinuteCount> oldestCompleted() {
        return accessDenialCounter.oldestCompleted();
    }

    @Override
    protected Mono<Void> write(List<MinuteCount> minute) {
        return denials.add(minute.stream()
                .map(count -> new AccessDenial(count.minute(), count.who(), count.route(), count.code(), count.count()))
                .toList());
    }

    @Override
    protected void removePersisted(List<MinuteCount> minute) {
        accessDenialCounter.removePersisted(minute);
    }

    @Override
    protected void completeCurrent() {
        accessDenialCounter.end();
    }

    @Override
    protected Mono<Void> deleteOldRows() {
        return denials.deleteOlder(time.now(), retention);
    }
}
