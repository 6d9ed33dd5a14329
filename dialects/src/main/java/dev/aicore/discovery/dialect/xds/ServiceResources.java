package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resources of a service. A service without endpoints has an empty load assignment only: its listener and cluster are
 * taken away, because gRPC keeps calling the last endpoints that an assignment had.
 */
final class ServiceResources {

    private final Map<XdsResourceType, XdsResource> resources = new EnumMap<>(XdsResourceType.class);

    /**
     * Builds the resources.
     *
     * @param instances those that discovery returns
     */
    ServiceResources(String service, List<InstanceView> instances) {
        var endpoints =
                instances.stream().filter(XdsResourceBuilder::isEndpoint).toList();
        resources.put(XdsResourceType.ENDPOINTS, XdsResourceBuilder.endpoints(service, endpoints));
        if (!endpoints.isEmpty()) {
            resources.put(XdsResourceType.LISTENER, XdsResourceBuilder.listener(service));
            resources.put(XdsResourceType.ROUTE, XdsResourceBuilder.route(service));
            resources.put(XdsResourceType.CLUSTER, XdsResourceBuilder.cluster(service));
            resources.put(XdsResourceType.SEPARATE_CLUSTER, XdsResourceBuilder.separateCluster(service));
        }
    }

    @Nullable
    XdsResource find(XdsResourceType type) {
        return resources.get(type);
    }
}
