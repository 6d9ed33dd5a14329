package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.RegistryStatusView;
import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Caches the registry's status for metrics. Reads it at most every 5 s, regardless of the number of scrapes. Counts of
 * registered instances are retained while PostgreSQL is unavailable. What hasn't been confirmed for a minute is
 * omitted.
 */
final class RegistryMetrics {

    private static final Duration CACHE_TTL = Duration.ofSeconds(5);
    private static final Duration MAX_WAIT = Duration.ofMillis(500);
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Mono<RegistryStatusView> reading;
    private final AtomicReference<@Nullable TimedValue<RegistryStatusView>> status = new AtomicReference<>();
    private final AtomicReference<@Nullable TimedValue<Registry>> counts = new AtomicReference<>();

    RegistryMetrics(Mono<RegistryStatusView> status, TimeSource time) {
        this.time = time;
        // The cache shares one read among all callers and lets it complete even if a scrape doesn't wait for it.
        this.reading = status.doOnNext(this::keep).cache(read -> CACHE_TTL, failure -> CACHE_TTL, () -> CACHE_TTL);
    }

    private record TimedValue<T>(T value, long nanos) {}

    /** Keeps a status for the next scrapes, and its counts for longer if a later status has none. */
    void keep(RegistryStatusView read) {
        status.set(new TimedValue<>(read, time.nanos()));
        Registry counted = read.registry();
        if (counted != null) {
            counts.set(new TimedValue<>(counted, time.nanos()));
        }
    }

    /** Completes when the status is fresh, or after 500 ms. Never fails. */
    Mono<Void> refresh() {
        return reading.timeout(MAX_WAIT).then().onErrorComplete();
    }

    /** Returns one of the counts of registered instances as a sample; empty while it is unknown. */
    List<Sample> count(ToLongFunction<Registry> count) {
        return samples(counts.get(), counted -> List.of(new Sample(Map.of(), count.applyAsLong(counted))));
    }

    /** Returns samples of the status; empty while it is unknown. */
    List<Sample> samples(Function<RegistryStatusView, List<Sample>> samples) {
        return samples(status.get(), samples);
    }

    private <T> List<Sample> samples(@Nullable TimedValue<T> read, Function<T, List<Sample>> samples) {
        return read == null || time.nanos() - read.nanos() > MAX_AGE.toNanos()
                ? List.of()
                : samples.apply(read.value());
    }
}
