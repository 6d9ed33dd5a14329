package dev.aicore.discovery.server.system;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Client of xDS that subscribes to the endpoints of a service and acknowledges each response. */
final class EndpointSubscriber implements StreamObserver<DiscoveryResponse>, AutoCloseable {

    private static final String ENDPOINTS = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";

    private final String service;
    private final ManagedChannel channel;
    private final StreamObserver<DiscoveryRequest> server;
    private final AtomicInteger responses = new AtomicInteger();
    private volatile Set<String> endpoints = Set.of("none yet");

    /**
     * Opens a stream.
     *
     * @param aggregated false for a stream of endpoints only
     */
    EndpointSubscriber(int port, String service, boolean aggregated) {
        this.service = service;
        this.channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
        this.server = aggregated
                ? AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(this)
                : EndpointDiscoveryServiceGrpc.newStub(channel).streamEndpoints(this);
        request("", "");
    }

    /** Returns the number of responses so far. */
    int responses() {
        return responses.get();
    }

    /** Returns the addresses and ports of the last response. */
    Set<String> endpoints() {
        return endpoints;
    }

    private void request(String version, String nonce) {
        server.onNext(DiscoveryRequest.newBuilder()
                .setTypeUrl(ENDPOINTS)
                .setVersionInfo(version)
                .setResponseNonce(nonce)
                .addResourceNames(service)
                .build());
    }

    @Override
    public void onNext(DiscoveryResponse response) {
        var found = new TreeSet<String>();
        try {
            for (var body : response.getResourcesList()) {
                for (var locality : body.unpack(ClusterLoadAssignment.class).getEndpointsList()) {
                    locality.getLbEndpointsList().forEach(endpoint -> {
                        var address = endpoint.getEndpoint().getAddress().getSocketAddress();
                        found.add(address.getAddress() + ":" + address.getPortValue());
                    });
                }
            }
        } catch (InvalidProtocolBufferException e) {
            found.add(e.toString());
        }
        responses.incrementAndGet();
        endpoints = found;
        request(response.getVersionInfo(), response.getNonce());
    }

    @Override
    public void onError(Throwable failure) {
        endpoints = Set.of(failure.toString());
    }

    @Override
    public void onCompleted() {
        endpoints = Set.of("completed");
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
