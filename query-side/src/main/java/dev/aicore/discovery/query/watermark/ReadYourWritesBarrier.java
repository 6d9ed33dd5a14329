package dev.aicore.discovery.query.watermark;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.readmodel.watermark.LocalWatermarks;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Makes callers read their own writes: repeats a read once the models have come as far as its caller wants. */
public final class ReadYourWritesBarrier {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** Where positions are passed on by the process that publishes them: a safety net. */
    private static final Duration SAFETY_POLL_INTERVAL = Duration.ofMillis(500);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Every waiting caller shares the same look: a thousand of them cost PostgreSQL as much as one. */
    private final Flux<Map<String, Long>> polls;

    private final LocalWatermarks published;
    private final Scheduler scheduler;

    /**
     * @param published what the projections of this process publish, if it has any
     * @param scheduler what waiting is timed by
     */
    public ReadYourWritesBarrier(WatermarkReader watermarks, LocalWatermarks published, Scheduler scheduler) {
        this.published = published;
        this.scheduler = scheduler;
        // Where positions are passed on, most waits are over before the first look.
        var ticks = published.isFed()
                ? Flux.interval(SAFETY_POLL_INTERVAL, scheduler)
                : Flux.interval(Duration.ZERO, POLL_INTERVAL, scheduler);
        var stored = ticks.onBackpressureDrop().concatMap(look -> watermarks.all(), 1);
        this.polls = Flux.merge(stored, published.changes()).share();
    }

    /**
     * Completes once the models have come as far as a caller wants; at once if the projections of this process say so.
     *
     * @param projections all of those that will be read
     * @return fails with {@code not_yet_visible} if it takes longer than the caller waits
     */
    public Mono<Void> reached(ConsistencyRequirement requirement, Set<String> projections) {
        return Mono.defer(() -> minPosition(published.last(), projections) >= requirement.position()
                ? Mono.empty()
                : reached(requirement, projections, 0).then());
    }

    /**
     * The read's answer, if need be after waiting.
     *
     * @param projections all of those that the read looks at
     * @param read run again after a wait
     * @return fails with {@code not_yet_visible} if it takes longer than the caller waits
     */
    public <T> Mono<PositionedResult<T>> reflect(
            ConsistencyRequirement requirement, Set<String> projections, Mono<PositionedResult<T>> read) {
        return read.flatMap(now -> now.position() >= requirement.position()
                ? Mono.just(now)
                : reached(requirement, projections, now.position()).then(read));
    }

    private Mono<Map<String, Long>> reached(ConsistencyRequirement requirement, Set<String> projections, long now) {
        if (requirement.patience().isZero()) {
            return Mono.error(() -> notYet(requirement, now));
        }
        // The last ones after the subscription: what is published in between must not be missed.
        return Flux.merge(polls, Mono.fromSupplier(published::last))
                .doOnSubscribe(waiting -> published.want(requirement.position()))
                .filter(marks -> minPosition(marks, projections) >= requirement.position())
                .next()
                .timeout(requirement.patience(), Mono.error(() -> notYet(requirement, now)), scheduler);
    }

    private static long minPosition(Map<String, Long> marks, Set<String> projections) {
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
    public static RegistryException notYet(ConsistencyRequirement requirement, long now) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "Position " + requirement.position() + " did not become visible within "
                        + requirement.patience().toMillis() + " ms; it was " + now + " when the wait began.",
                RETRY_AFTER);
    }
}
