package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Range of requested entries, both ends inclusive.
 *
 * @param from start of the range; null for no lower bound
 * @param to end of the range; null for no upper bound
 * @param now reference time of relative points in time
 */
record TimeRange(@Nullable AsOfPoint from, @Nullable AsOfPoint to, Instant now) {

    private static final String FROM = "from";
    private static final String TO = "to";

    /**
     * Parses the parameters of a request; violations, such as an end before the start, are collected in the parameters.
     */
    static TimeRange of(QueryParameters queryParameters, Instant now) {
        var range = new TimeRange(AsOfParser.of(queryParameters, FROM), AsOfParser.of(queryParameters, TO), now);
        if (range.isInverted()) {
            queryParameters.reject(FROM, "is after 'to'", "a time before 'to'");
        }
        return range;
    }

    /**
     * Completes if the store has the positions that the range names, or will have the start next. Fails with
     * {@code other_store} at once otherwise.
     */
    Mono<Void> requirePositions(AsOfResolver asOfResolver) {
        // As in the stream of events, a caller that has received everything may request the next position.
        return requirePosition(asOfResolver, from, FROM, 1).then(requirePosition(asOfResolver, to, TO, 0));
    }

    private static Mono<Void> requirePosition(
            AsOfResolver asOfResolver, @Nullable AsOfPoint asOf, String parameter, int ahead) {
        return asOf instanceof AsOfPoint.AtPosition(var position)
                ? asOfResolver.requirePosition(position - ahead, parameter)
                : Mono.empty();
    }

    /**
     * Returns true if the end is before the start. A position and an instant aren't compared, because that would
     * require a read of the store.
     */
    private boolean isInverted() {
        if (from instanceof AsOfPoint.AtPosition(var first) && to instanceof AsOfPoint.AtPosition(var last)) {
            return first > last;
        }
        var begin = ObservationWindow.instant(from, now);
        var end = ObservationWindow.instant(to, now);
        return begin != null && end != null && begin.isAfter(end);
    }
}
