package dev.aicore.discovery.query.events;

import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.Moment.AtPosition;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.config.web.NoSuchMoment;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.watching.Resumption;
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
record Start(@Nullable Moment moment, long position, boolean atEnd, String parameter) {

    private static final String FROM = "from";
    private static final Map<String, Start> NAMED =
            Map.of("start", new Start(null, 0, false, FROM), "end", new Start(null, 0, true, FROM));

    /**
     * From a request; what the parameter violates stays with the query.
     *
     * @param lastEvent the id of the last event that its caller has, which comes before the parameter; null if none
     */
    static Start of(Query query, @Nullable Long lastEvent) {
        if (lastEvent != null) {
            var _ = query.has(FROM);
            return new Start(null, lastEvent, false, Resumption.HEADER);
        }
        var named = query.has(FROM) ? NAMED.get(query.text(FROM)) : NAMED.get("start");
        if (named != null) {
            return named;
        }
        var moment = MomentText.of(query, FROM);
        return moment instanceof AtPosition(var first)
                ? new Start(null, Math.max(0, first - 1), false, FROM)
                : new Start(moment, 0, false, FROM);
    }

    /**
     * The position that it begins behind.
     *
     * @param end the store's last position, marked with that up to which can be read
     * @throws dev.aicore.discovery.api.error.RegistryException {@code other_store} if it isn't there
     */
    long behind(Marked<Long> end) {
        if (position > end.rows()) {
            throw NoSuchMoment.inThisStore(parameter, position, end.rows());
        }
        return atEnd ? end.position() : position;
    }
}
