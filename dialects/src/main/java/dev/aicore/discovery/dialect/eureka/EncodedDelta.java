package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Encoded deltas of a snapshot: each form is encoded once, outside of the event loops, and again when a change has
 * become too old for it. They are dropped with their snapshot. Thread-safe.
 */
final class EncodedDelta {

    /** Time for which Eureka's server keeps changes: six times the interval at which clients read them. */
    private static final Duration RETENTION = Duration.ofMinutes(3);

    private final RegistrySnapshot snapshot;
    private final Map<DeltaForm, Mono<byte[]>> forms = new ConcurrentHashMap<>();

    /**
     * Form of a delta.
     *
     * @param changes number of changes, which are always the newest of the snapshot
     */
    private record DeltaForm(EurekaFormat format, boolean gzip, int changes) {}

    private EncodedDelta(RegistrySnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Returns the encoded deltas of a snapshot. */
    static EncodedDelta of(RegistrySnapshot snapshot) {
        return snapshot.derive(EncodedDelta.class, EncodedDelta::new);
    }

    Mono<byte[]> get(EurekaFormat format, boolean gzip, Instant now) {
        var changes = snapshot.changesSince(now.minus(RETENTION));
        forms.keySet().removeIf(form -> form.changes() > changes.size());
        return forms.computeIfAbsent(
                new DeltaForm(format, gzip, changes.size()),
                _ -> Mono.fromSupplier(() -> {
                            var hash = EurekaApplications.of(snapshot).hash();
                            var written = format.write(EurekaDelta.of(changes, hash));
                            return gzip ? EncodedApplications.gzip(written) : written;
                        })
                        .subscribeOn(Schedulers.parallel())
                        .cache());
    }
}
