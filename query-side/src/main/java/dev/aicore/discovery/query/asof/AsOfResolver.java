package dev.aicore.discovery.query.asof;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.asof.AsOfLookup.Mark;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.watermark.AuditedReads;
import dev.aicore.discovery.query.watermark.ConsistencyRequirement;
import dev.aicore.discovery.query.watermark.ReadYourWritesBarrier;
import dev.aicore.discovery.web.ApiJson;
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

    private static void requirePosition(long position, String parameter, AsOfLookup found) {
        if (position > found.head()) {
            throw AsOfErrors.inThisStore(parameter, position, found.head());
        }
    }

    /** Resolves a point in time, or now if it is null. Fails like {@link #find} and {@link #now}. */
    public Mono<ResolvedAsOfPoint> resolveOrNow(@Nullable AsOfPoint asOf, ConsistencyRequirement requirement) {
        return asOf == null ? now(requirement) : find(asOf, AsOfParameter.AT, requirement.patience());
    }

    /**
     * Returns the position that the read models have reached.
     *
     * @return fails with {@code not_yet_visible}
     */
    public Mono<ResolvedAsOfPoint> now(ConsistencyRequirement requirement) {
        return Mono.defer(() -> readYourWritesBarrier.reflect(
                        requirement, AuditedReads.PROJECTIONS, reader.ofInstant(time.now())))
                .map(result -> new ResolvedAsOfPoint(result.position(), time.now(), false));
    }

    private Mono<ResolvedAsOfPoint> instant(UnaryOperator<Instant> ofNow, String parameter, Duration patience) {
        return reader.present().flatMap(storeClockState -> {
            var now = storeHorizon.within(storeClockState.now());
            var at = ofNow.apply(now);
            return at.isAfter(now)
                    ? Mono.error(() -> AsOfErrors.yet(parameter, at))
                    : over(at, storeClockState, patience).then(past(at, parameter, patience));
        });
    }

    /**
     * Completes once no event can be recorded any more at or before an instant; from then on the result never changes.
     */
    private Mono<Void> over(Instant at, StoreClockState storeClockState, Duration patience) {
        return storeClockState.isBehind(at)
                ? Mono.empty()
                : reader.present()
                        .delaySubscription(POLL_INTERVAL, scheduler)
                        .repeat()
                        .filter(later -> later.isBehind(at))
                        .next()
                        .timeout(patience, Mono.error(() -> notYet(at, patience)), scheduler)
                        .then();
    }

    private Mono<ResolvedAsOfPoint> past(Instant at, String parameter, Duration patience) {
        return settled(reader.ofInstant(at), patience).map(asOfLookup -> {
            var first = asOfLookup.first();
            if (first == null || at.isBefore(first.at())) {
                throw before(first, parameter, ApiJson.text(at));
            }
            return new ResolvedAsOfPoint(asOfLookup.lastOr(first).position(), at, true);
        });
    }

    private Mono<ResolvedAsOfPoint> position(long position, String parameter, Duration patience) {
        var look = reader.ofPosition(position).doOnNext(result -> requirePosition(position, parameter, result.rows()));
        return settled(look, patience).map(asOfLookup -> {
            var first = asOfLookup.first();
            if (first == null || position < first.position()) {
                throw before(first, parameter, position);
            }
            return new ResolvedAsOfPoint(position, asOfLookup.lastOr(first).at(), true);
        });
    }

    /** Returns the lookup once it is settled. */
    private Mono<AsOfLookup> settled(Mono<PositionedResult<AsOfLookup>> look, Duration patience) {
        return look.flatMap(now -> now.rows().settled()
                ? Mono.just(now.rows())
                : readYourWritesBarrier
                        .reflect(
                                new ConsistencyRequirement(now.rows().lastFact(), patience),
                                AuditedReads.PROJECTIONS,
                                look)
                        .map(PositionedResult::rows));
    }

    private static RegistryException notYet(Instant at, Duration patience) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "What may be recorded up to " + ApiJson.text(at) + " was still being written after "
                        + patience.toMillis() + " ms.",
                RETRY_AFTER);
    }

    private static RegistryException before(@Nullable Mark first, String parameter, Object given) {
        var expected = first == null
                ? "nothing: nothing was recorded yet"
                : "a moment from position " + first.position() + " (" + ApiJson.text(first.at()) + ") on";
        return new RegistryException(
                ErrorCode.HISTORY_COMPACTED,
                "The history of this store begins after that.",
                new FieldError(parameter, "is before the store's first fact", given, expected));
    }
}
