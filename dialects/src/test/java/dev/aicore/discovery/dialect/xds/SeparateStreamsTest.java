package dev.aicore.discovery.dialect.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.dialect.DialectMetrics;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Streams of clusters and of endpoints, as Envoy opens them without ADS. */
class SeparateStreamsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_NAMES = 10;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final XdsService SERVICE =
            new XdsService(8, 8, MAX_NAMES, new DialectMetrics(new SimpleMeterRegistry()));
    private static final XdsServer SERVER = new XdsServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            SERVICE.grpcServices(),
            new XdsCallerInterceptor(
                    request -> request.getHeaders().containsHeader("Authorization")
                            ? Mono.error(new RegistryException(ErrorCode.UNAUTHORIZED, "Unknown."))
                            : Mono.just(new Caller("anonymous", "viewer", "127.0.0.1", "xds", "test", null)),
                    PATIENCE));

    private final ManagedChannel channel = Grpc.newChannelBuilder(
                    "127.0.0.1:" + SERVER.port(), InsecureChannelCredentials.create())
            .build();
    private final ReceivedResponses received = new ReceivedResponses();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
        SERVER.stop();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void endpointsStream_followsItsServiceOnly() throws InvalidProtocolBufferException {
        var catalog = SampleCatalog.EMPTY.with("orders", 1).with("billing", 2);
        SERVICE.publish(catalog);
        var server = EndpointDiscoveryServiceGrpc.newStub(channel).streamEndpoints(received);

        server.onNext(request("", "", "orders"));
        var first = received.next();
        assertThat(first.getTypeUrl()).isEqualTo(XdsResourceType.ENDPOINTS.url());
        assertThat(ports(first)).containsExactly(1);

        server.onNext(request("", first.getNonce(), "orders"));
        SERVICE.publish(catalog.with("billing", 3));
        SERVICE.publish(catalog.with("billing", 3).with("orders", 1, 4));
        assertThat(ports(received.next())).containsExactly(1, 4);
    }

    @Test
    void clustersStream_withoutNames_hasAllClustersWithEndpointsOfOtherStreams() throws InvalidProtocolBufferException {
        SERVICE.publish(SampleCatalog.EMPTY.with("orders", 1).with("billing", 2).with("empty"));
        var server = ClusterDiscoveryServiceGrpc.newStub(channel).streamClusters(received);

        server.onNext(request("", ""));
        var response = received.next();
        assertThat(response.getTypeUrl()).isEqualTo(XdsResourceType.CLUSTER.url());
        assertThat(response.getResourcesCount()).isEqualTo(2);
        for (var body : response.getResourcesList()) {
            var source = body.unpack(Cluster.class).getEdsClusterConfig().getEdsConfig();
            assertThat(source.hasAds()).isFalse();
            assertThat(source.getApiConfigSource()
                            .getGrpcServices(0)
                            .getEnvoyGrpc()
                            .getClusterName())
                    .isEqualTo("xds_cluster");
        }

        SERVICE.publish(SampleCatalog.EMPTY.with("orders", 1));
        assertThat(received.next().getResourcesCount()).isEqualTo(1);
    }

    @Test
    void request_forTypeOfOtherStream_hasNoEffect() {
        SERVICE.publish(SampleCatalog.EMPTY.with("orders", 1));
        var server = EndpointDiscoveryServiceGrpc.newStub(channel).streamEndpoints(received);

        server.onNext(request(XdsResourceType.CLUSTER.url(), "", "orders"));
        server.onNext(request(XdsResourceType.ENDPOINTS.url(), "", "orders"));

        assertThat(received.next().getTypeUrl()).isEqualTo(XdsResourceType.ENDPOINTS.url());
    }

    @Test
    void separateStreams_withRefusedCredentials_areUnauthenticated() {
        var metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer x");
        var credentials = MetadataUtils.newAttachHeadersInterceptor(metadata);
        var clusters = new ReceivedResponses();

        EndpointDiscoveryServiceGrpc.newStub(channel)
                .withInterceptors(credentials)
                .streamEndpoints(received);
        ClusterDiscoveryServiceGrpc.newStub(channel)
                .withInterceptors(credentials)
                .streamClusters(clusters);

        for (var refused : List.of(received, clusters)) {
            await().atMost(PATIENCE).until(() -> refused.end == Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void endpointsStream_withTooManyNames_isEnded() {
        var names = new String[MAX_NAMES + 1];
        Arrays.setAll(names, i -> "n" + i);

        EndpointDiscoveryServiceGrpc.newStub(channel).streamEndpoints(received).onNext(request("", "", names));

        await().atMost(PATIENCE).until(() -> received.end == Status.Code.RESOURCE_EXHAUSTED);
    }

    private static DiscoveryRequest request(String type, String nonce, String... names) {
        return DiscoveryRequest.newBuilder()
                .setTypeUrl(type)
                .setResponseNonce(nonce)
                .addAllResourceNames(List.of(names))
                .build();
    }

    /** Returns the ports of the only assignment of a response. */
    private static List<Integer> ports(DiscoveryResponse response) throws InvalidProtocolBufferException {
        assertThat(response.getResourcesCount()).isEqualTo(1);
        return response.getResources(0).unpack(ClusterLoadAssignment.class).getEndpointsList().stream()
                .flatMap(locality -> locality.getLbEndpointsList().stream())
                .map(endpoint ->
                        endpoint.getEndpoint().getAddress().getSocketAddress().getPortValue())
                .toList();
    }

    private static final class ReceivedResponses implements StreamObserver<DiscoveryResponse> {
        private final Queue<DiscoveryResponse> responses = new ConcurrentLinkedQueue<>();
        private volatile Status.@Nullable Code end;

        DiscoveryResponse next() {
            return await().atMost(PATIENCE).until(responses::poll, response -> response != null);
        }

        @Override
        public void onNext(DiscoveryResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable failure) {
            end = Status.fromThrowable(failure).getCode();
        }

        @Override
        public void onCompleted() {
            end = Status.Code.OK;
        }
    }
}
