package dev.aicore.discovery.dialect.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import dev.aicore.discovery.api.instance.InstanceView;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the resources of services: one of each type, named as the service. */
final class XdsResourceBuilder {

    private static final int CONNECT_TIMEOUT_SECONDS = 5;

    /** Resources are found on the stream on which they are referred to. */
    private static final ConfigSource SAME_STREAM = ConfigSource.newBuilder()
            .setResourceApiVersion(ApiVersion.V3)
            .setAds(AggregatedConfigSource.getDefaultInstance())
            .build();

    /** Endpoints are found on a stream to the server that Envoy's bootstrap calls {@code xds_cluster}. */
    private static final ConfigSource SEPARATE_STREAM = ConfigSource.newBuilder()
            .setResourceApiVersion(ApiVersion.V3)
            .setApiConfigSource(ApiConfigSource.newBuilder()
                    .setApiType(ApiConfigSource.ApiType.GRPC)
                    .setTransportApiVersion(ApiVersion.V3)
                    .addGrpcServices(GrpcService.newBuilder()
                            .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder().setClusterName("xds_cluster"))))
            .build();

    private XdsResourceBuilder() {}

    static XdsResource listener(String service) {
        var manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(service)
                .setRds(Rds.newBuilder().setConfigSource(SAME_STREAM).setRouteConfigName(service))
                // Clients refuse a listener whose last filter isn't the router.
                .addHttpFilters(
                        HttpFilter.newBuilder().setName("router").setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        return XdsResource.of(Any.pack(Listener.newBuilder()
                .setName(service)
                .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager)))
                .build()));
    }

    static XdsResource route(String service) {
        return XdsResource.of(Any.pack(RouteConfiguration.newBuilder()
                .setName(service)
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName(service)
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix(""))
                                .setRoute(RouteAction.newBuilder().setCluster(service))))
                .build()));
    }

    /** Returns the cluster for aggregated streams. */
    static XdsResource cluster(String service) {
        return cluster(service, SAME_STREAM);
    }

    /** Returns the cluster for streams that have only clusters. */
    static XdsResource separateCluster(String service) {
        return cluster(service, SEPARATE_STREAM);
    }

    private static XdsResource cluster(String service, ConfigSource endpoints) {
        return XdsResource.of(Any.pack(Cluster.newBuilder()
                .setName(service)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(endpoints))
                .setConnectTimeout(Duration.newBuilder().setSeconds(CONNECT_TIMEOUT_SECONDS))
                .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
                .build()));
    }

    /** Returns true if clients can connect to an instance: they refuse a whole assignment that contains a host name. */
    static boolean isEndpoint(InstanceView instance) {
        return instance.weight() > 0 && address(instance) != null;
    }

    /**
     * Returns the load assignment, with a locality per zone.
     *
     * @param instances those that {@link #isEndpoint} accepts
     */
    static XdsResource endpoints(String service, List<InstanceView> instances) {
        Map<String, LocalityLbEndpoints.Builder> localities = new TreeMap<>();
        Map<String, Long> weights = new LinkedHashMap<>();
        var seen = new HashSet<String>();
        for (var instance : instances) {
            // Two instances may declare the same address and port; clients refuse a duplicate.
            if (seen.add(instance.address() + " " + instance.port())) {
                localities
                        .computeIfAbsent(
                                instance.zone(),
                                zone -> LocalityLbEndpoints.newBuilder()
                                        .setLocality(Locality.newBuilder().setZone(zone)))
                        .addLbEndpoints(endpoint(instance));
                weights.merge(instance.zone(), (long) instance.weight(), Long::sum);
            }
        }
        var assignment = ClusterLoadAssignment.newBuilder().setClusterName(service);
        localities.forEach((zone, locality) -> assignment.addEndpoints(locality.setLoadBalancingWeight(
                UInt32Value.of((int) Math.min(Integer.MAX_VALUE, weights.getOrDefault(zone, 1L))))));
        return XdsResource.of(Any.pack(assignment.build()));
    }

    private static LbEndpoint endpoint(InstanceView instance) {
        return LbEndpoint.newBuilder()
                .setHealthStatus(HealthStatus.HEALTHY)
                .setLoadBalancingWeight(UInt32Value.of(instance.weight()))
                .setEndpoint(Endpoint.newBuilder()
                        .setAddress(Address.newBuilder()
                                .setSocketAddress(SocketAddress.newBuilder()
                                        .setAddress(instance.address())
                                        .setPortValue(instance.port()))))
                .build();
    }

    private static @Nullable InetAddress address(InstanceView instance) {
        try {
            return InetAddress.ofLiteral(instance.address());
        } catch (IllegalArgumentException hostName) {
            return null;
        }
    }
}
