package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc.ClusterDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc.EndpointDiscoveryServiceImplBase;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Accepts streams of all variants, in limited number, and pushes each catalog to all of them. Thread-safe. */
final class XdsService {

    private final NetworkConcurrencyLimit limit;
    private final int maxNames;
    private final DialectMetrics metrics;
    private final Set<XdsStream> streams = ConcurrentHashMap.newKeySet();
    private volatile @Nullable XdsCatalog catalog;

    XdsService(int maxStreams, int maxPerNetwork, int maxNames, DialectMetrics metrics) {
        this.limit = new NetworkConcurrencyLimit(maxStreams, maxPerNetwork);
        this.maxNames = maxNames;
        this.metrics = metrics;
    }

    /** Returns the gRPC services, one per variant of streams. */
    List<BindableService> grpcServices() {
        return List.of(
                new AggregatedDiscoveryServiceImplBase() {
                    @Override
                    public StreamObserver<DiscoveryRequest> streamAggregatedResources(
                            StreamObserver<DiscoveryResponse> client) {
                        return accept(client, XdsStreamVariant.AGGREGATED);
                    }
                },
                new ClusterDiscoveryServiceImplBase() {
                    @Override
                    public StreamObserver<DiscoveryRequest> streamClusters(StreamObserver<DiscoveryResponse> client) {
                        return accept(client, XdsStreamVariant.CLUSTERS);
                    }
                },
                new EndpointDiscoveryServiceImplBase() {
                    @Override
                    public StreamObserver<DiscoveryRequest> streamEndpoints(StreamObserver<DiscoveryResponse> client) {
                        return accept(client, XdsStreamVariant.ENDPOINTS);
                    }
                });
    }

    private XdsStream accept(StreamObserver<DiscoveryResponse> client, XdsStreamVariant variant) {
        var caller = XdsCallerInterceptor.caller();
        var network = ClientNetwork.of(caller.sourceAddress());
        if (!limit.tryAcquire(network)) {
            metrics.refused("xds", "stream");
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("Too many streams: see xds.max_streams.")
                    .asRuntimeException();
        }
        return open((ServerCallStreamObserver<DiscoveryResponse>) client, variant, caller, network);
    }

    private XdsStream open(
            ServerCallStreamObserver<DiscoveryResponse> client,
            XdsStreamVariant variant,
            Caller caller,
            String network) {
        var holder = new XdsStream[1];
        var stream = new XdsStream(client, caller, variant, maxNames, () -> catalog, metrics, () -> {
            streams.remove(holder[0]);
            limit.release(network);
        });
        holder[0] = stream;
        streams.add(stream);
        return stream;
    }

    /** Replaces the catalog and pushes the difference to each stream. */
    void publish(XdsCatalog next) {
        catalog = next;
        streams.forEach(XdsStream::push);
    }

    /** Ends all streams, whose clients then connect to another server or try again. */
    void close() {
        streams.forEach(stream -> stream.close(Status.UNAVAILABLE.withDescription("This node is stopping.")));
    }
}
