package dev.aicore.discovery.dialect.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Streams beyond the limits of all networks and of one. */
class XdsStreamLimitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_STREAMS = 5;
    private static final int MAX_OF_NETWORK = 3;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final XdsService SERVICE =
            new XdsService(MAX_STREAMS, MAX_OF_NETWORK, 100, new DialectMetrics(new SimpleMeterRegistry()));
    private static final XdsServer SERVER = new XdsServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            SERVICE.grpcServices(),
            new XdsCallerInterceptor(
                    request -> Mono.just(callerFrom(request.getHeaders().getFirst("Authorization"))), PATIENCE));
    private static @Nullable ManagedChannel channel;

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVICE.publish(SampleCatalog.EMPTY.with("orders", 8_080));
        channel = Grpc.newChannelBuilder("127.0.0.1:" + SERVER.port(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(channel).shutdownNow();
        SERVICE.close();
        SERVER.stop();
    }

    private static Caller callerFrom(@Nullable String address) {
        return new Caller("anonymous", "viewer", Objects.requireNonNull(address), "xds", "test", null);
    }

    /** Stream from an address; its outcome is {@code OK} once it has received something. */
    private static final class TestStream implements StreamObserver<DiscoveryResponse> {

        private final CompletableFuture<Status.Code> outcome = new CompletableFuture<>();
        private final StreamObserver<DiscoveryRequest> server;

        TestStream(String address) {
            var metadata = new Metadata();
            metadata.put(AUTHORIZATION, address);
            server = AggregatedDiscoveryServiceGrpc.newStub(Objects.requireNonNull(channel))
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .streamAggregatedResources(this);
            server.onNext(DiscoveryRequest.newBuilder()
                    .setTypeUrl(XdsResourceType.ENDPOINTS.url())
                    .addResourceNames("orders")
                    .build());
        }

        Status.Code outcome() throws Exception {
            return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void onNext(DiscoveryResponse response) {
            outcome.complete(Status.Code.OK);
        }

        @Override
        public void onError(Throwable failure) {
            outcome.complete(Status.fromThrowable(failure).getCode());
        }

        @Override
        public void onCompleted() {
            outcome.complete(Status.Code.CANCELLED);
        }

        void close() {
            server.onCompleted();
        }
    }

    @Test
    void stream_beyondALimit_isRefusedUntilAnotherEnds() throws Exception {
        var first = new TestStream("192.0.2.1");
        assertThat(first.outcome()).isEqualTo(Status.Code.OK);
        for (int i = 1; i < MAX_OF_NETWORK; i++) {
            assertThat(new TestStream("192.0.2.1").outcome()).isEqualTo(Status.Code.OK);
        }
        assertThat(new TestStream("192.0.2.1").outcome())
                .as("beyond the limit of its network")
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        for (int i = MAX_OF_NETWORK; i < MAX_STREAMS; i++) {
            assertThat(new TestStream("198.51.100.1").outcome()).isEqualTo(Status.Code.OK);
        }
        assertThat(new TestStream("198.51.100.1").outcome())
                .as("beyond the limit of all")
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

        first.close();
        await().atMost(PATIENCE).until(() -> new TestStream("198.51.100.1").outcome() == Status.Code.OK);
    }
}
