package dev.aicore.discovery.query.moment;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.Moment.Ago;
import dev.aicore.discovery.config.web.Moment.AtInstant;
import dev.aicore.discovery.config.web.Moment.AtPosition;
import dev.aicore.discovery.config.web.NoSuchMoment;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.moment.Survey.Mark;
import dev.aicore.discovery.query.watermark.Audited;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Finds which position a moment is. */
public final class Moments {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MomentReader reader;
    private final Visibility visibility;
    private final Horizon horizon;
    private final TimeSource time;
    private final Scheduler scheduler;

    /** @param scheduler what waiting is timed by */
    Moments(MomentReader reader, Visibility visibility, Horizon horizon, TimeSource time, Scheduler scheduler) {
        this.reader = reader;
        this.visibility = visibility;
        this.horizon = horizon;
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
    public Mono<Then> find(Moment moment, String parameter, Duration patience) {
        return Mono.defer(() -> switch (moment) {
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
                .doOnNext(found -> requirePosition(position, parameter, found.rows()))
                .then();
    }

    private static void requirePosition(long position, String parameter, Survey found) {
        if (position > found.head()) {
            throw NoSuchMoment.inThisStore(parameter, position, found.head());
        }
    }

    /** The moment that a request asks about, or now if it asks about none. Fails as both do. */
    public Mono<Then> askedOrNow(@Nullable Moment asked, Wanted wanted) {
        return asked == null ? now(wanted) : find(asked, Asked.AT, wanted.patience());
    }

    /**
     * As far as the models are.
     *
     * @return fails with {@code not_yet_visible}
     */
    public Mono<Then> now(Wanted wanted) {
        return Mono.defer(() -> visibility.reflect(wanted, Audited.PROJECTIONS, reader.ofInstant(time.now())))
                .map(found -> new Then(found.position(), time.now(), false));
    }

    private Mono<Then> instant(UnaryOperator<Instant> ofNow, String parameter, Duration patience) {
        return reader.present().flatMap(present -> {
            var now = horizon.within(present.now());
            var at = ofNow.apply(now);
            return at.isAfter(now)
                    ? Mono.error(() -> NoSuchMoment.yet(parameter, at))
                    : over(at, present, patience).then(past(at, parameter, patience));
        });
    }

    /** Completes once nothing can be recorded any more at that instant or before it: then the answer is the same for ever. */
    private Mono<Void> over(Instant at, Present present, Duration patience) {
        return present.isBehind(at)
                ? Mono.empty()
                : reader.present()
                        .delaySubscription(BETWEEN_LOOKS, scheduler)
                        .repeat()
                        .filter(later -> later.isBehind(at))
                        .next()
                        .timeout(patience, Mono.error(() -> notYet(at, patience)), scheduler)
                        .then();
    }

    private Mono<Then> past(Instant at, String parameter, Duration patience) {
        return settled(reader.ofInstant(at), patience).map(survey -> {
            var first = survey.first();
            if (first == null || at.isBefore(first.at())) {
                throw before(first, parameter, Json.text(at));
            }
            return new Then(survey.lastOr(first).position(), at, true);
        });
    }

    private Mono<Then> position(long position, String parameter, Duration patience) {
        var look = reader.ofPosition(position).doOnNext(found -> requirePosition(position, parameter, found.rows()));
        return settled(look, patience).map(survey -> {
            var first = survey.first();
            if (first == null || position < first.position()) {
                throw before(first, parameter, position);
            }
            return new Then(position, survey.lastOr(first).at(), true);
        });
    }

    /** What it looks like once it is settled. */
    private Mono<Survey> settled(Mono<Marked<Survey>> look, Duration patience) {
        return look.flatMap(now -> now.rows().settled()
                ? Mono.just(now.rows())
                : visibility
                        .reflect(new Wanted(now.rows().lastFact(), patience), Audited.PROJECTIONS, look)
                        .map(Marked::rows));
    }

    private static RegistryException notYet(Instant at, Duration patience) {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "What may be recorded up to " + Json.text(at) + " was still being written after " + patience.toMillis()
                        + " ms.",
                RETRY_AFTER);
    }

    private static RegistryException before(@Nullable Mark first, String parameter, Object given) {
        var expected = first == null
                ? "nothing: nothing was recorded yet"
                : "a moment from position " + first.position() + " (" + Json.text(first.at()) + ") on";
        return new RegistryException(
                ErrorCode.HISTORY_COMPACTED,
                "The history of this store begins after that.",
                new FieldError(parameter, "is before the store's first fact", given, expected));
    }
}
