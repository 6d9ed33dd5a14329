package dev.aicore.discovery.dialect.xds;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Type of a resource, in the order in which a change is pushed: what a resource refers to comes before it.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">xDS protocol</a>
 */
enum XdsResourceType {
    CLUSTER("type.googleapis.com/envoy.config.cluster.v3.Cluster", true),
    ENDPOINTS("type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment", false),
    LISTENER("type.googleapis.com/envoy.config.listener.v3.Listener", true),
    ROUTE("type.googleapis.com/envoy.config.route.v3.RouteConfiguration", false);

    private static final Map<String, XdsResourceType> BY_URL =
            Arrays.stream(values()).collect(Collectors.toMap(XdsResourceType::url, Function.identity()));

    private final String url;
    private final boolean complete;

    XdsResourceType(String url, boolean complete) {
        this.url = url;
        this.complete = complete;
    }

    /** Returns the type of a URL; null if there is none. */
    static @Nullable XdsResourceType of(String url) {
        return BY_URL.get(url);
    }

    String url() {
        return url;
    }

    /** Returns true if each response contains all resources, so that a missing one counts as deleted. */
    boolean isComplete() {
        return complete;
    }

    /** Returns the name in metrics. */
    String operation() {
        return name().toLowerCase(Locale.ROOT);
    }
}
