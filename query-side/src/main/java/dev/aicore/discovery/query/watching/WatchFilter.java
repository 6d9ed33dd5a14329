package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.balancing.VersionRange;
import dev.aicore.discovery.query.instance.VersionParameter;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filter on the instances of a watch, regardless of their status.
 *
 * @param version null for any
 * @param tags all of which an instance must have
 * @param zone null for any
 */
record WatchFilter(
        @Nullable VersionRange version,
        Set<String> tags,
        @Nullable String zone) {

    private static final int MAX_TAGS = 64;
    private static final TextConstraint TAG = TextConstraint.nonEmpty(128);
    private static final TextConstraint ZONE = TextConstraint.nonEmpty(128);

    WatchFilter {
        tags = Set.copyOf(tags);
    }

    /** Parses a request; null if it has no filter. Violations are collected in the parameters. */
    static @Nullable WatchFilter of(QueryParameters queryParameters) {
        var filter = new WatchFilter(
                VersionParameter.of(queryParameters),
                Set.copyOf(queryParameters.list("tag", MAX_TAGS, TAG)),
                queryParameters.textOrNull("zone", ZONE));
        return filter.version == null && filter.tags.isEmpty() && filter.zone == null ? null : filter;
    }

    boolean match(InstanceView instance) {
        return (version == null || version.accepts(instance.version()))
                && instance.tags().containsAll(tags)
                && (zone == null || zone.equals(instance.zone()));
    }
}
