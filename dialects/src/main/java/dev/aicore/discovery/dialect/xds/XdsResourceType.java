package dev.aicore.discovery.dialect.xds;

/**
 * Type of a resource, in the order in which a change is pushed: what a resource refers to comes before it.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">xDS protocol</a>
 */
enum XdsResourceType {
    CLUSTER("cluster", "envoy.config.cluster.v3.Cluster", true),
    /** Cluster of a stream that has no endpoints. Clients get those on a stream of their own. */
    SEPARATE_CLUSTER("cluster", "envoy.config.cluster.v3.Cluster", true),
    ENDPOINTS("endpoints", "envoy.config.endpoint.v3.ClusterLoadAssignment", false),
    LISTENER("listener", "envoy.config.listener.v3.Listener", true),
    ROUTE("route", "envoy.config.route.v3.RouteConfiguration", false);

    private final String operation;
    private final String url;
    private final boolean complete;

    XdsResourceType(String operation, String message, boolean complete) {
        this.operation = operation;
        this.url = "type.googleapis.com/" + message;
        this.complete = complete;
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
        return operation;
    }
}
