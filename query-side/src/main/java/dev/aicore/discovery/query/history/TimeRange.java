package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.asof.AsOfResolver;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.QueryParameters;
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
record TimeRange(@Nullable AsOfPoint from, @Nullable AsOfPoint to, Instant now) {

    private static final String FROM = "from";
    private static final String TO = "to";

    /** From the parameters of a request; violations, such as an end before the beginning, stay with the query. */
    static TimeRange of(QueryParameters queryParameters, Instant now) {
        var range = new TimeRange(AsOfParser.of(queryParameters, FROM), AsOfParser.of(queryParameters, TO), now);
        if (range.isInverted()) {
            queryParameters.reject(FROM, "is behind 'to'", "a moment before 'to'");
        }
        return range;
    }

    /** Completes where the store has the positions that it names, or is about to; fails with {@code other_store} at once where not. */
    Mono<Void> requirePositions(AsOfResolver asOfResolver) {
        // As with the stream of events, whoever has all there is may ask for what comes next.
        return requirePosition(asOfResolver, from, FROM, 1).then(requirePosition(asOfResolver, to, TO, 0));
    }

    private static Mono<Void> requirePosition(
            AsOfResolver asOfResolver, @Nullable AsOfPoint asOf, String parameter, int ahead) {
        return asOf instanceof AsOfPoint.AtPosition(var position)
                ? asOfResolver.requirePosition(position - ahead, parameter)
                : Mono.empty();
    }

    /** A position and an instant aren't compared: that takes a look at the store. */
    private boolean isInverted() {
        if (from instanceof AsOfPoint.AtPosition(var first) && to instanceof AsOfPoint.AtPosition(var last)) {
            return first > last;
        }
        var begin = ObservationWindow.instant(from, now);
        var end = ObservationWindow.instant(to, now);
        return begin != null && end != null && begin.isAfter(end);
    }
}
