package dev.aicore.discovery.query.history;

import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.moment.Moments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * From when to when entries are wanted, both inclusive.
 *
 * @param from null for all up to then
 * @param to null for all from then on
 * @param now what relative moments are relative to
 */
record TimeRange(@Nullable Moment from, @Nullable Moment to, Instant now) {

    private static final String FROM = "from";
    private static final String TO = "to";

    /** From the parameters of a request; violations, such as an end before the beginning, stay with the query. */
    static TimeRange of(Query query, Instant now) {
        var range = new TimeRange(MomentText.of(query, FROM), MomentText.of(query, TO), now);
        if (range.isInverted()) {
            query.reject(FROM, "is behind 'to'", "a moment before 'to'");
        }
        return range;
    }

    /** Completes where the store has the positions that it names, or is about to; fails with {@code other_store} at once where not. */
    Mono<Void> requirePositions(Moments moments) {
        // As with the stream of events, whoever has all there is may ask for what comes next.
        return requirePosition(moments, from, FROM, 1).then(requirePosition(moments, to, TO, 0));
    }

    private static Mono<Void> requirePosition(Moments moments, @Nullable Moment moment, String parameter, int ahead) {
        return moment instanceof Moment.AtPosition(var position)
                ? moments.requirePosition(position - ahead, parameter)
                : Mono.empty();
    }

    /** A position and an instant aren't compared: that takes a look at the store. */
    private boolean isInverted() {
        if (from instanceof Moment.AtPosition(var first) && to instanceof Moment.AtPosition(var last)) {
            return first > last;
        }
        var begin = Window.instant(from, now);
        var end = Window.instant(to, now);
        return begin != null && end != null && begin.isAfter(end);
    }
}
