package dev.aicore.discovery.query.watermark;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.query.database.Marked;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Makes callers read their own writes: repeats a read once the models have come as far as its caller wants. */
public final class Visibility {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Every waiting caller shares the same look: a thousand of them cost PostgreSQL as much as one. */
    private final Flux<Map<String, Long>> looks;

    private final Scheduler scheduler;

    /** @param scheduler what waiting is timed by */
    public Visibility(WatermarkReader watermarks, Scheduler scheduler) {
        this.scheduler = scheduler;
        this.looks = Flux.interval(Duration.ZERO, BETWEEN_LOOKS, scheduler)
                .onBackpressureDrop()
                .concatMap(look -> watermarks.all(), 1)
                .share();
    }

    /**
     * The read's answer, if need be after waiting.
     *
     * @param projections all of those that the read looks at
     * @param read run again after a wait
     * @return fails with {@code not_yet_visible} if it takes longer than the caller waits
     */
    public <T> Mono<Marked<T>> reflect(Wanted wanted, Set<String> projections, Mono<Marked<T>> read) {
        return read.flatMap(now -> now.position() >= wanted.position()
                ? Mono.just(now)
                : reached(wanted, projections, now.position()).then(read));
    }

    private Mono<Map<String, Long>> reached(Wanted wanted, Set<String> projections, long now) {
        if (wanted.patience().isZero()) {
            return Mono.error(() -> notYet(wanted, now));
        }
        return looks.filter(marks -> least(marks, projections) >= wanted.position())
                .next()
                .timeout(wanted.patience(), Mono.error(() -> notYet(wanted, now)), scheduler);
    }

    private static long least(Map<String, Long> marks, Set<String> projections) {
        return projections.stream()
                .mapToLong(name -> marks.getOrDefault(name, 0L))
                .min()
                .orElse(0);
    }

    private static RegistryException notYet(Wanted wanted, long now) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "Position " + wanted.position() + " did not become visible within "
                        + wanted.patience().toMillis() + " ms; it was " + now + " when the wait began.",
                RETRY_AFTER);
    }
}
