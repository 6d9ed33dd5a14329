package dev.aicore.discovery.api.history;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two moments.
 *
 * @param summary of all differences, whatever page this is
 * @param changes a page of them, ordered by service and id
 */
public record DiffView(Moment from, Moment to, Summary summary, List<Difference> changes) {

    public DiffView {
        changes = List.copyOf(changes);
    }

    /** One of the two moments. */
    public record Moment(long position, Instant at) {}

    /**
     * How many instances are different.
     *
     * @param cameAndWent those that were at neither of the moments, and between them
     */
    public record Summary(long added, long removed, long changed, long cameAndWent) {}

    /** In which way an instance is different. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** It was at both moments, and something happened to it between them. */
        CHANGED,
        /** It was at neither moment, and between them. */
        CAME_AND_WENT
    }

    /**
     * An instance that is different.
     *
     * @param before null if it wasn't there
     * @param after null if it wasn't there any more
     * @param fields what differs of an instance that was at both moments; empty if it is again as it was
     * @param facts how much happened to it between the moments
     * @param actors who did that, {@code registry} for the registry itself
     * @param last the last of it; null if the audit has none
     */
    public record Difference(
            Kind kind,
            String id,
            String serviceName,
            @Nullable InstanceView before,
            @Nullable InstanceView after,
            List<Field> fields,
            long facts,
            List<String> actors,
            @Nullable LastChange last) {

        public Difference {
            fields = List.copyOf(fields);
            actors = List.copyOf(actors);
        }
    }

    /**
     * A member with another value.
     *
     * @param from null if it wasn't there
     * @param to null if it isn't there any more
     */
    public record Field(
            String field, @Nullable Object from, @Nullable Object to) {}

    /** What happened last. */
    public record LastChange(
            long position,
            Instant at,
            String actor,
            String summary,
            @Nullable String reason) {}
}
