package dev.aicore.discovery.bench.discovery;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;

/**
 * Client of xDS with a connection of its own: subscribes to the endpoints of a service, and acknowledges each response.
 */
final class XdsListener implements StreamObserver<DiscoveryResponse>, AutoCloseable {

    private static final String ENDPOINTS = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";

    private final String service;
    private final Runnable onResponse;
    private final ManagedChannel channel;
    private final StreamObserver<DiscoveryRequest> server;

    /**
     * Connects and subscribes.
     *
     * @param port port on 127.0.0.1
     * @param onResponse called at each response, on a thread of gRPC
     */
    XdsListener(int port, String service, Runnable onResponse) {
        this.service = service;
        this.onResponse = onResponse;
        this.channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
        this.server = AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(this);
        request("", "");
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
        onResponse.run();
        request(response.getVersionInfo(), response.getNonce());
    }

    @Override
    public void onError(Throwable failure) {
        // The scenario misses the response that it waits for.
    }

    @Override
    public void onCompleted() {
        // As above.
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
