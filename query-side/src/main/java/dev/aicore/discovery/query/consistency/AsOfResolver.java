package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfLookup.Mark;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.AsOfErrors;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.Ago;
import dev.aicore.discovery.web.AsOfPoint.AtInstant;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Resolves a point in time to a position. */
public final class AsOfResolver {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AsOfReader reader;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final StoreHorizon storeHorizon;
    private final TimeSource time;
    private final Scheduler scheduler;

    /**
     * Creates a resolver.
     *
     * @param scheduler times the polls and timeouts
     */
    AsOfResolver(
            AsOfReader reader,
            ReadYourWritesBarrier readYourWritesBarrier,
            StoreHorizon storeHorizon,
            TimeSource time,
            Scheduler scheduler) {
        this.reader = reader;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.storeHorizon = storeHorizon;
        this.time = time;
        this.scheduler = scheduler;
    }

    /**
     * Resolves a point in time once the read models reflect all facts up to it. The result is final: later calls return
     * the same position.
     *
     * @param parameter name of the parameter that gave the point in time
     * @param patience maximum wait for the read models
     * @return fails with {@code other_store} at once for a position that doesn't exist yet, with
     * {@code history_compacted} before the first fact, with {@code validation_failed} for the future, and with
     * {@code not_yet_visible}
     */
    public Mono<ResolvedAsOfPoint> find(AsOfPoint asOf, String parameter, Duration patience) {
        return Mono.defer(() -> switch (asOf) {
            case Ago(var duration) -> instant(now -> now.minus(duration), parameter, patience);
            case AtInstant(var instant) -> instant(_ -> instant, parameter, patience);
            case AtPosition(var position) -> position(position, parameter, patience);
        });
    }

    /**
     * Completes if the store has a position, whether or not the read models reflect it.
     *
     * @param parameter name of the parameter that gave the position
     * @return fails with {@code other_store} at once if the store doesn't have the position
     */
    public Mono<Void> requirePosition(long position, String parameter) {
        return reader.ofPosition(position)
                .doOnNext(result -> requirePosition(position, parameter, result.rows()))
                .then();
    }

    private static void requirePosition(long position, String parameter, AsOfLookup lookup) {
        if (position > lookup.head()) {
            throw AsOfErrors.beyondStore(parameter, position, lookup.head());
        }
    }

    /** Resolves a point in time, or now if it is null. Fails like {@link #find} and {@link #resolveNow}. */
    public Mono<ResolvedAsOfPoint> resolveOrNow(@Nullable AsOfPoint asOf, ConsistencyRequirement requirement) {
        return asOf == null ? resolveNow(requirement) : find(asOf, AsOfParameter.AT, requirement.patience());
    }

    /**
     * Returns the position that the read models have reached.
     *
     * @return fails with {@code not_yet_visible}
     */
    public Mono<ResolvedAsOfPoint> resolveNow(ConsistencyRequirement requirement) {
        return Mono.defer(() -> readYourWritesBarrier.readAtLeast(
                        requirement, AuditedReads.PROJECTIONS, reader.ofInstant(time.now())))
                .map(result -> new ResolvedAsOfPoint(result.position(), time.now(), false));
    }

    private Mono<ResolvedAsOfPoint> instant(UnaryOperator<Instant> ofNow, String parameter, Duration patience) {
        return reader.readClock().flatMap(storeClockState -> {
            var now = storeHorizon.within(storeClockState.now());
            var at = ofNow.apply(now);
            return at.isAfter(now)
                    ? Mono.error(() -> AsOfErrors.inFuture(parameter, at))
                    : awaitPast(at, storeClockState, patience).then(resolvePast(at, parameter, patience));
        });
    }

    /**
     * Completes once no event can be recorded any more at or before an instant; from then on the result never changes.
     */
    private Mono<Void> awaitPast(Instant at, StoreClockState storeClockState, Duration patience) {
        return storeClockState.isBehind(at)
                ? Mono.empty()
                : reader.readClock()
                        .delaySubscription(POLL_INTERVAL, scheduler)
                        .repeat()
                        .filter(later -> later.isBehind(at))
                        .next()
                        .timeout(patience, Mono.error(() -> notYetVisible(at, patience)), scheduler)
                        .then();
    }

    private Mono<ResolvedAsOfPoint> resolvePast(Instant at, String parameter, Duration patience) {
        return awaitSettled(reader.ofInstant(at), patience).map(asOfLookup -> {
            var first = asOfLookup.first();
            if (first == null || at.isBefore(first.at())) {
                throw beforeHistory(first, parameter, ApiJson.format(at));
            }
            return new ResolvedAsOfPoint(asOfLookup.lastOr(first).position(), at, true);
        });
    }

    private Mono<ResolvedAsOfPoint> position(long position, String parameter, Duration patience) {
        var lookup =
                reader.ofPosition(position).doOnNext(result -> requirePosition(position, parameter, result.rows()));
        return awaitSettled(lookup, patience).map(asOfLookup -> {
            var first = asOfLookup.first();
            if (first == null || position < first.position()) {
                throw beforeHistory(first, parameter, position);
            }
            return new ResolvedAsOfPoint(position, asOfLookup.lastOr(first).at(), true);
        });
    }

    /** Returns the lookup once it is settled. */
    private Mono<AsOfLookup> awaitSettled(Mono<PositionedResult<AsOfLookup>> lookup, Duration patience) {
        return lookup.flatMap(now -> now.rows().settled()
                ? Mono.just(now.rows())
                : readYourWritesBarrier
                        .readAtLeast(
                                new ConsistencyRequirement(now.rows().lastFact(), patience),
                                AuditedReads.PROJECTIONS,
                                lookup)
                        .map(PositionedResult::rows));
    }

    private static RegistryException notYetVisible(Instant at, Duration patience) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "Facts recorded up to " + ApiJson.format(at) + " were still being written after " + patience.toMillis()
                        + " ms.",
                RETRY_AFTER);
    }

    private static RegistryException beforeHistory(@Nullable Mark first, String parameter, Object given) {
        var expected = first == null
                ? "none: the store has no facts yet"
                : "position " + first.position() + " (" + ApiJson.format(first.at()) + ") or a later point in time";
        return new RegistryException(
                ErrorCode.HISTORY_COMPACTED,
                "The history of this store begins after the requested time.",
                new FieldError(parameter, "is before the store's first fact", given, expected));
    }

    /**
     * Point in time up to which the read models reflect all facts.
     *
     * @param position of the last fact up to then, or the requested position: both lead to the same results
     * @param at requested instant; for a position, the time at which its last fact was recorded
     * @param isPast whether the caller requested a point in time rather than now
     */
    public record ResolvedAsOfPoint(long position, Instant at, boolean isPast) {

        /** Returns a response as of this point in time, marked as past if it was requested as such. */
        public <T> ApiResponse<T> toResponse(T data) {
            var apiResponse = ApiResponse.of(data, position, at);
            return isPast ? apiResponse.withPastMark() : apiResponse;
        }
    }

    /** Latest instant that this process knows the store's history of; later events are unknown to it. */
    public record StoreHorizon(Instant end) {

        static final StoreHorizon NONE = new StoreHorizon(Instant.MAX);

        /** Returns the instant, or the horizon's end if the instant is later. */
        Instant within(Instant instant) {
            return instant.isAfter(end) ? end : instant;
        }
    }
}
