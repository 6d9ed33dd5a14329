package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.config.metrics.MetricFamily.Sample;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What is registered, counted for metrics: read at most every few seconds however often it is asked for, and remembered while
 * PostgreSQL is away. What nobody could confirm for a while is no longer told.
 */
final class RegistryMetrics {

    private static final Duration CACHE_TTL = Duration.ofSeconds(5);
    private static final Duration MAX_WAIT = Duration.ofMillis(500);
    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Mono<Registry> reading;
    private final AtomicReference<@Nullable CountedRegistry> last = new AtomicReference<>();

    RegistryMetrics(Mono<Registry> registry, TimeSource time) {
        this.time = time;
        // The cache keeps one read under way for all, and lets it end when a scrape doesn't wait for it.
        this.reading = registry.doOnNext(counted -> last.set(new CountedRegistry(counted, time.nanos())))
                .cache(counted -> CACHE_TTL, failure -> CACHE_TTL, () -> CACHE_TTL);
    }

    private record CountedRegistry(Registry registry, long nanos) {}

    /** Completes when the counts are fresh, or after half a second; it never fails. */
    Mono<Void> refresh() {
        return reading.timeout(MAX_WAIT).then().onErrorComplete();
    }

    /** One of the counts, or nothing while it isn't known. */
    List<Sample> sample(ToLongFunction<Registry> count) {
        var countedRegistry = last.get();
        return countedRegistry == null || time.nanos() - countedRegistry.nanos() > BELIEVED.toNanos()
                ? List.of()
                : List.of(new Sample(Map.of(), count.applyAsLong(countedRegistry.registry())));
    }
}
