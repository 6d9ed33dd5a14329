package dev.aicore.discovery.dialect.prometheus;

import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the targets of a list.
 *
 * @param service name of the service; null for all services
 * @param tags all of which the instance must have
 * @param metadata values all of which the instance must have
 * @param portKey key of the metadata whose value is the port; null for the port of the instance
 */
record TargetFilter(
        @Nullable String service,
        Set<String> tags,
        Map<String, String> metadata,
        @Nullable String portKey) {

    /** Selects all targets. */
    static final TargetFilter ALL = new TargetFilter(null, Set.of(), Map.of(), null);

    private static final int MAX_TAGS = 64;
    private static final int MAX_METADATA = 64;
    private static final TextConstraint SHORT = TextConstraint.nonEmpty(128);
    private static final TextConstraint VALUE = TextConstraint.upTo(1_024);

    TargetFilter {
        tags = Set.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** Parses the parameters of a request; violations are collected in the parameters. */
    static TargetFilter of(QueryParameters queryParameters) {
        return new TargetFilter(
                queryParameters.textOrNull("service_name", QueryNameRules.SERVICE),
                Set.copyOf(queryParameters.list("tag", MAX_TAGS, SHORT)),
                queryParameters.prefixed("metadata.", MAX_METADATA, SHORT, VALUE),
                queryParameters.textOrNull("port_meta", SHORT));
    }

    /** Returns true for a matching instance of any status. One whose lease has expired is no longer a target. */
    boolean match(InstanceView instance) {
        return instance.status() != InstanceStatus.EXPIRED
                && (service == null || service.equals(instance.name()))
                && instance.tags().containsAll(tags)
                && instance.metadata().entrySet().containsAll(metadata.entrySet());
    }
}
