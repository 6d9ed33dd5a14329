package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.StatusView.Registry;
import dev.aicore.discovery.config.metrics.Family.Sample;
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
final class RegistryCounts {

    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Mono<Registry> reading;
    private final AtomicReference<@Nullable Known> last = new AtomicReference<>();

    RegistryCounts(Mono<Registry> registry, TimeSource time) {
        this.time = time;
        // The cache keeps one read under way for all, and lets it end when a scrape doesn't wait for it.
        this.reading = registry.doOnNext(counted -> last.set(new Known(counted, time.nanos())))
                .cache(counted -> KEPT, failure -> KEPT, () -> KEPT);
    }

    private record Known(Registry registry, long nanos) {}

    /** Completes when the counts are fresh, or after half a second; it never fails. */
    Mono<Void> refresh() {
        return reading.timeout(LONGEST_WAIT).then().onErrorComplete();
    }

    /** One of the counts, or nothing while it isn't known. */
    List<Sample> sample(ToLongFunction<Registry> count) {
        var known = last.get();
        return known == null || time.nanos() - known.nanos() > BELIEVED.toNanos()
                ? List.of()
                : List.of(new Sample(Map.of(), count.applyAsLong(known.registry())));
    }
}
