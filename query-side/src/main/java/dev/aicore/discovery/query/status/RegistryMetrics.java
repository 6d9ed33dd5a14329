package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Caches the counts of registered instances for metrics. Reads them at most every 5 s, regardless of the number of
 * scrapes, and retains them while PostgreSQL is unavailable. Counts that haven't been confirmed for a minute are
 * omitted.
 */
final class RegistryMetrics {

    private static final Duration CACHE_TTL = Duration.ofSeconds(5);
    private static final Duration MAX_WAIT = Duration.ofMillis(500);
    private static final Duration MAX_COUNT_AGE = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Mono<Registry> reading;
    private final AtomicReference<@Nullable CountedRegistry> last = new AtomicReference<>();

    RegistryMetrics(Mono<Registry> registry, TimeSource time) {
        this.time = time;
        // The cache shares one read among all callers and lets it complete even if a scrape doesn't wait for it.
        this.reading = registry.doOnNext(counted -> last.set(new CountedRegistry(counted, time.nanos())))
                .cache(counted -> CACHE_TTL, failure -> CACHE_TTL, () -> CACHE_TTL);
    }

    private record CountedRegistry(Registry registry, long nanos) {}

    /** Completes when the counts are fresh, or after 500 ms. Never fails. */
    Mono<Void> refresh() {
        return reading.timeout(MAX_WAIT).then().onErrorComplete();
    }

    /** Returns one of the counts as a sample; empty while it is unknown. */
    List<Sample> sample(ToLongFunction<Registry> count) {
        var countedRegistry = last.get();
        return countedRegistry == null || time.nanos() - countedRegistry.nanos() > MAX_COUNT_AGE.toNanos()
                ? List.of()
                : List.of(new Sample(Map.of(), count.applyAsLong(countedRegistry.registry())));
    }
}
