package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Lets callers read their own writes: repeats a read once the read models have reached the position that the caller
 * requires.
 */
public final class ReadYourWritesBarrier {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** Poll interval as a safety net, where the process that publishes positions passes them on in memory. */
    private static final Duration SAFETY_POLL_INTERVAL = Duration.ofMillis(500);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Polls shared by all waiting callers: a thousand callers cost PostgreSQL as much as one. */
    private final Flux<Map<String, Long>> polls;

    private final LocalWatermarks published;
    private final Scheduler scheduler;

    /**
     * Creates a barrier.
     *
     * @param watermarks reads the positions that are stored
     * @param published watermarks that this process's projections publish, if it has any
     * @param scheduler times polls and timeouts
     */
    public ReadYourWritesBarrier(Mono<Map<String, Long>> watermarks, LocalWatermarks published, Scheduler scheduler) {
        this.published = published;
        this.scheduler = scheduler;
        // Where positions are passed on in memory, most waits end before the first poll.
        var ticks = published.hasProjections()
                ? Flux.interval(SAFETY_POLL_INTERVAL, scheduler)
                : Flux.interval(Duration.ZERO, POLL_INTERVAL, scheduler);
        var stored = ticks.onBackpressureDrop().concatMap(look -> watermarks, 1);
        this.polls =
                SharedFlux.rejoining(Flux.merge(stored, published.changes()).share());
    }

    /**
     * Completes once the read models have reached the required position; at once if this process's projections have
     * published it.
     *
     * @param projections all projections that will be read
     * @return fails with {@code not_yet_visible} if the position isn't reached within the caller's patience
     */
    public Mono<Void> awaitPosition(ConsistencyRequirement requirement, Set<String> projections) {
        return Mono.defer(() -> minPosition(published.last(), projections) >= requirement.position()
                ? Mono.empty()
                : awaitPosition(requirement, projections, 0).then());
    }

    /**
     * Returns the result of a read, after waiting if necessary.
     *
     * @param projections all projections that the read uses
     * @param read subscribed to again after a wait
     * @return fails with {@code not_yet_visible} if the position isn't reached within the caller's patience
     */
    public <T> Mono<PositionedResult<T>> readAtLeast(
            ConsistencyRequirement requirement, Set<String> projections, Mono<PositionedResult<T>> read) {
        return read.flatMap(now -> now.position() >= requirement.position()
                ? Mono.just(now)
                : awaitPosition(requirement, projections, now.position()).then(read));
    }

    private Mono<Map<String, Long>> awaitPosition(
            ConsistencyRequirement requirement, Set<String> projections, long now) {
        if (requirement.patience().isZero()) {
            return Mono.error(() -> notYetVisible(requirement, now));
        }
        // Checks the last watermarks after subscribing, so that a publication in between isn't missed.
        return Flux.merge(polls, Mono.fromSupplier(published::last))
                .doOnSubscribe(waiting -> published.request(requirement.position()))
                .filter(marks -> minPosition(marks, projections) >= requirement.position())
                .next()
                .timeout(requirement.patience(), Mono.error(() -> notYetVisible(requirement, now)), scheduler);
    }

    private static long minPosition(Map<String, Long> marks, Set<String> projections) {
        return projections.stream()
                .mapToLong(name -> marks.getOrDefault(name, 0L))
                .min()
                .orElse(0);
    }

    /**
     * Returns the error of a caller whose wait timed out.
     *
     * @param now position when the wait began
     */
    public static RegistryException notYetVisible(ConsistencyRequirement requirement, long now) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "Position " + requirement.position() + " did not become visible within "
                        + requirement.patience().toMillis() + " ms; it was " + now + " when the wait began.",
                RETRY_AFTER);
    }
}
