package dev.aicore.discovery.api.history;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Differences between the registry's contents at two points in time.
 *
 * @param summary counts over all differences, not only those of this page
 * @param changes one page of differences, ordered by service and id
 */
public record DiffView(Moment from, Moment to, Summary summary, List<Difference> changes) {

    public DiffView {
        changes = List.copyOf(changes);
    }

    /** One of the two points in time. */
    public record Moment(long position, Instant at) {}

    /**
     * Counts of differing instances.
     *
     * @param cameAndWent instances that were present at neither point, but between them
     */
    public record Summary(long added, long removed, long changed, long cameAndWent) {}

    /** Kind of difference of an instance. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** Present at both points; at least one fact happened between them. */
        CHANGED,
        /** Present at neither point, but between them. */
        CAME_AND_WENT
    }

    /**
     * Difference of one instance.
     *
     * @param before the instance at the first point; null if it was absent
     * @param after the instance at the second point; null if it was absent
     * @param fields the differing fields of an instance that was present at both points; empty if the instance has
     *     returned to its earlier state
     * @param facts number of facts of the instance between the points
     * @param actors principals that caused these facts; {@code registry} for the registry itself
     * @param last the last of these facts; null if the audit has none
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
     * Field with differing values.
     *
     * @param from value at the first point; null if the field was absent
     * @param to value at the second point; null if the field was absent
     */
    public record Field(
            String field, @Nullable Object from, @Nullable Object to) {}

    /** Last fact of an instance. */
    public record LastChange(
            long position,
            Instant at,
            String actor,
            String summary,
            @Nullable String reason) {}
}
