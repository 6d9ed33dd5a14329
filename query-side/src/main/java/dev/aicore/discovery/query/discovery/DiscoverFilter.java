package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.balancing.VersionRange;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.query.instance.VersionParameter;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filter on the instances of a service.
 *
 * @param version null for any
 * @param tags all of which the instance must have
 * @param metadata values all of which the instance must have
 * @param zone preferred but not required; null for none
 * @param unhealthyToo whether unhealthy instances are included
 */
public record DiscoverFilter(
        String service,
        @Nullable VersionRange version,
        Set<String> tags,
        Map<String, String> metadata,
        @Nullable String zone,
        boolean unhealthyToo) {

    private static final int MAX_TAGS = 64;
    private static final int MAX_METADATA = 64;
    private static final TextConstraint TAG = TextConstraint.nonEmpty(128);
    private static final TextConstraint KEY = TextConstraint.nonEmpty(128);
    private static final TextConstraint VALUE = TextConstraint.upTo(1_024);
    private static final TextConstraint ZONE = TextConstraint.nonEmpty(128);

    /** Estimated size in bytes of a filter and its cache entry, without texts. */
    private static final int BYTES = 150;

    private static final int TEXT_BYTES = 64;

    public DiscoverFilter {
        tags = Set.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** Parses the parameters of a request; violations are collected in the parameters. */
    public static DiscoverFilter of(QueryParameters queryParameters) {
        List<String> tags = queryParameters.list("tag", MAX_TAGS, TAG);
        return new DiscoverFilter(
                queryParameters.text("service_name", QueryNameRules.SERVICE),
                VersionParameter.of(queryParameters),
                Set.copyOf(tags),
                queryParameters.prefixed("metadata.", MAX_METADATA, KEY, VALUE),
                queryParameters.textOrNull("zone", ZONE),
                queryParameters.boolOr("include_unhealthy", false));
    }

    /** Returns true if the instance matches, regardless of its status. */
    public boolean match(InstanceView instance) {
        return (version == null || version.accepts(instance.version()))
                && (tags.isEmpty() || instance.tags().containsAll(tags))
                && (metadata.isEmpty() || instance.metadata().entrySet().containsAll(metadata.entrySet()));
    }

    /** Returns this filter without the conditions that an outline of a service can't answer. */
    DiscoverFilter ofOutline() {
        return new DiscoverFilter(service, version, Set.of(), Map.of(), zone, unhealthyToo);
    }

    /** Returns the estimated memory in bytes that a cache entry with this key takes. */
    int bytes() {
        int bytes = BYTES + bytes(service) + bytes(zone) + (version == null ? 0 : version.bytes());
        for (var tag : tags) {
            bytes += bytes(tag);
        }
        for (var wanted : metadata.entrySet()) {
            bytes += bytes(wanted.getKey()) + bytes(wanted.getValue());
        }
        return bytes;
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : TEXT_BYTES + 2 * text.length();
    }
}
