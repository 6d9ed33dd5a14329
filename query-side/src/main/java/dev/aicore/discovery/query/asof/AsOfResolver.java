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

/** Finds which position a moment is. */
public final class AsOfResolver {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AsOfReader reader;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final StoreHorizon storeHorizon;
    private final TimeSource time;
    private final Scheduler scheduler;

    /** @param scheduler what waiting is timed by */
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
     * The moment, once the models reflect all of it.
     *
     * @param parameter what it was given as
     * @param patience how long to wait for the models at most
     * @return never tells anything else later; fails with {@code other_store} at once for a position that isn't there yet, with {@code history_compacted} before the
     *     first fact, with {@code validation_failed} for the future, and with {@code not_yet_visible}
     */
    public Mono<ResolvedAsOfPoint> find(AsOfPoint asOf, String parameter, Duration patience) {
        return Mono.defer(() -> switch (asOf) {
            case Ago(var duration) -> instant(now -> now.minus(duration), parameter, patience);
            case AtInstant(var instant) -> instant(_ -> instant, parameter, patience);
            case AtPosition(var position) -> position(position, parameter, patience);
        });
    }

    /**
     * Completes if the store has that position, whether the models reflect it or not.
     *
     * @param parameter what it was given as
     * @return fails with {@code other_store} at once if the store hasn't
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

    /** The moment that a request asks about, or now if it asks about none. Fails as both do. */
    public Mono<ResolvedAsOfPoint> resolveOrNow(@Nullable AsOfPoint asOf, ConsistencyRequirement requirement) {
        return asOf == null ? now(requirement) : find(asOf, AsOfParameter.AT, requirement.patience());
    }

    /**
     * As far as the models are.
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

    /** Completes once nothing can be recorded any more at that instant or before it: then the answer is the same for ever. */
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

    /** What it looks like once it is settled. */
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
