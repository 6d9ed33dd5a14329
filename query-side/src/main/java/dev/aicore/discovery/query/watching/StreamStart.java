package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.AsOfErrors;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import dev.aicore.discovery.web.QueryParameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Start of a stream.
 *
 * @param moment point in time from which facts are sent; null for all facts after the position
 * @param position after which the stream begins, unless it begins at the end
 * @param atEnd whether the stream begins after the present end
 * @param parameter name of the parameter or header that gave the position
 */
record StreamStart(@Nullable AsOfPoint moment, long position, boolean atEnd, String parameter) {

    private static final String FROM = "from";
    private static final Map<String, StreamStart> NAMED =
            Map.of("start", new StreamStart(null, 0, false, FROM), "end", new StreamStart(null, 0, true, FROM));

    /**
     * Parses the start from a request; violations are collected in the parameters.
     *
     * @param lastEvent id of the last event that the caller has received, which takes precedence over the parameter;
     * null if none
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
     * Returns the position after which the stream begins.
     *
     * @param end the store's last position, with the position up to which facts can be read
     * @throws dev.aicore.discovery.api.error.RegistryException {@code other_store} if the store has no such position
     */
    long behind(PositionedResult<Long> end) {
        if (position > end.rows()) {
            throw AsOfErrors.beyondStore(parameter, position, end.rows());
        }
        return atEnd ? end.position() : position;
    }
}
