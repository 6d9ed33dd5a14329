package dev.aicore.discovery.query.events;

import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.watching.ResumePosition;
import dev.aicore.discovery.web.AsOfErrors;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import dev.aicore.discovery.web.QueryParameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream begins.
 *
 * @param moment what happens from then on; null for all behind the position
 * @param position behind which it begins, if that isn't the end
 * @param atEnd whether it begins with what isn't there yet
 * @param parameter what the position was given as
 */
record StreamStart(@Nullable AsOfPoint moment, long position, boolean atEnd, String parameter) {

    private static final String FROM = "from";
    private static final Map<String, StreamStart> NAMED =
            Map.of("start", new StreamStart(null, 0, false, FROM), "end", new StreamStart(null, 0, true, FROM));

    /**
     * From a request; what the parameter violates stays with the query.
     *
     * @param lastEvent the id of the last event that its caller has, which comes before the parameter; null if none
     */
    static StreamStart of(QueryParameters queryParameters, @Nullable Long lastEvent) {
        if (lastEvent != null) {
            var _ = queryParameters.has(FROM);
            return new StreamStart(null, lastEvent, false, ResumePosition.HEADER);
        }
        var named = queryParameters.has(FROM) ? NAMED.get(queryParameters.text(FROM)) : NAMED.get("start");
        if (named != null) {
            return named;
        }
        var asOf = AsOfParser.of(queryParameters, FROM);
        return asOf instanceof AtPosition(var first)
                ? new StreamStart(null, Math.max(0, first - 1), false, FROM)
                : new StreamStart(asOf, 0, false, FROM);
    }

    /**
     * The position that it begins behind.
     *
     * @param end the store's last position, marked with that up to which can be read
     * @throws dev.aicore.discovery.api.error.RegistryException {@code other_store} if it isn't there
     */
    long behind(PositionedResult<Long> end) {
        if (position > end.rows()) {
            throw AsOfErrors.inThisStore(parameter, position, end.rows());
        }
        return atEnd ? end.position() : position;
    }
}
