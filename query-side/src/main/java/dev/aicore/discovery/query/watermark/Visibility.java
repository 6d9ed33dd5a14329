package dev.aicore.discovery.query.watermark;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.readmodel.PublishedPositions;
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

    /** Where positions are passed on by the process that publishes them: a safety net. */
    private static final Duration BETWEEN_SAFETY_LOOKS = Duration.ofMillis(500);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Every waiting caller shares the same look: a thousand of them cost PostgreSQL as much as one. */
    private final Flux<Map<String, Long>> looks;

    private final PublishedPositions published;
    private final Scheduler scheduler;

    /**
     * @param published what the projections of this process publish, if it has any
     * @param scheduler what waiting is timed by
     */
    public Visibility(WatermarkReader watermarks, PublishedPositions published, Scheduler scheduler) {
        this.published = published;
        this.scheduler = scheduler;
        // Where positions are passed on, most waits are over before the first look.
        var ticks = published.isFed()
                ? Flux.interval(BETWEEN_SAFETY_LOOKS, scheduler)
                : Flux.interval(Duration.ZERO, BETWEEN_LOOKS, scheduler);
        var stored = ticks.onBackpressureDrop().concatMap(look -> watermarks.all(), 1);
        this.looks = Flux.merge(stored, published.changes()).share();
    }

    /**
     * Completes once the models have come as far as a caller wants; at once if the projections of this process say so.
     *
     * @param projections all of those that will be read
     * @return fails with {@code not_yet_visible} if it takes longer than the caller waits
     */
    public Mono<Void> reached(Wanted wanted, Set<String> projections) {
        return Mono.defer(() -> least(published.last(), projections) >= wanted.position()
                ? Mono.empty()
                : reached(wanted, projections, 0).then());
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
        // The last ones after the subscription: what is published in between must not be missed.
        return Flux.merge(looks, Mono.fromSupplier(published::last))
                .doOnSubscribe(waiting -> published.want(wanted.position()))
                .filter(marks -> least(marks, projections) >= wanted.position())
                .next()
                .timeout(wanted.patience(), Mono.error(() -> notYet(wanted, now)), scheduler);
    }

    private static long least(Map<String, Long> marks, Set<String> projections) {
        return projections.stream()
                .mapToLong(name -> marks.getOrDefault(name, 0L))
                .min()
                .orElse(0);
    }

    /**
     * Returns the refusal of who waited too long.
     *
     * @param now where it was when the wait began
     */
    public static RegistryException notYet(Wanted wanted, long now) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "Position " + wanted.position() + " did not become visible within "
                        + wanted.patience().toMillis() + " ms; it was " + now + " when the wait began.",
                RETRY_AFTER);
    }
}
