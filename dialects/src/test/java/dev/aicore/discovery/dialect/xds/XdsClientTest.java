package dev.aicore.discovery.dialect.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.dialect.DialectMetrics;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** xDS with grpc-java as client, which resolves {@code xds:///} names. */
class XdsClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final MethodDescriptor<String, String> WHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("test.Named/Who")
            .setRequestMarshaller(new TextMarshaller())
            .setResponseMarshaller(new TextMarshaller())
            .build();

    private static final XdsService SERVICE = new XdsService(8, 8, 100, new DialectMetrics(new SimpleMeterRegistry()));
    private static final XdsServer SERVER = new XdsServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SERVICE.grpcServices(), callers());

    @BeforeAll
    static void start() {
        SERVER.start();
        // Read once, when the first xds:/// name is resolved.
        System.setProperty("io.grpc.xds.bootstrapConfig", """
                {"xds_servers": [{"server_uri": "127.0.0.1:%d", "channel_creds": [{"type": "insecure"}],
                  "server_features": ["xds_v3"]}],
                 "node": {"id": "test", "cluster": "test", "locality": {"zone": "z1"}}}
                """.formatted(SERVER.port()));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
        SERVER.stop();
    }

    /** Admits callers without credentials, never decides about slow credentials, and refuses all others. */
    private static XdsCallerInterceptor callers() {
        return new XdsCallerInterceptor(
                request -> switch (request.getHeaders().getFirst("Authorization")) {
                    case null -> Mono.just(new Caller("anonymous", "viewer", "127.0.0.1", "xds", "test", null));
                    case "Bearer slow" -> Mono.never();
                    default -> Mono.error(new RegistryException(ErrorCode.UNAUTHORIZED, "Unknown."));
                },
                Duration.ofMillis(100));
    }

    @Test
    void calls_followEndpointsAndFailWithoutAny() throws IOException, InterruptedException {
        var one = named("one");
        var two = named("two");
        SERVICE.publish(SampleCatalog.EMPTY.with("orders", one.getPort(), two.getPort()));
        var channel = Grpc.newChannelBuilder("xds:///orders", InsecureChannelCredentials.create())
                .build();
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(answers(channel)).containsExactly("one", "two"));
            SERVICE.publish(SampleCatalog.EMPTY.with("orders", two.getPort()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(answers(channel)).containsExactly("two"));
            SERVICE.publish(SampleCatalog.EMPTY.with("orders"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(() -> who(channel))
                            .isInstanceOfSatisfying(
                                    StatusRuntimeException.class,
                                    failure -> assertThat(failure.getStatus().getCode())
                                            .isEqualTo(Status.Code.UNAVAILABLE)));
            SERVICE.publish(SampleCatalog.EMPTY.with("orders", one.getPort()));
            await().atMost(PATIENCE).ignoreExceptions().until(() -> who(channel).equals("one"));
        } finally {
            channel.shutdownNow();
            one.shutdownNow();
            two.shutdownNow();
            assertThat(channel.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void stream_withRefusedCredentials_isUnauthenticated() throws Exception {
        var metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer x");

        assertThat(statusOfStream(metadata, 1)).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void stream_whoseCredentialsAreNotVerifiedInTime_isUnavailable() throws Exception {
        var metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer slow");

        assertThat(statusOfStream(metadata, 1)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void stream_withTooManyNames_isEnded() throws Exception {
        assertThat(statusOfStream(new Metadata(), 101)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    private static Status.Code statusOfStream(Metadata metadata, int names) throws Exception {
        var channel = Grpc.newChannelBuilder("127.0.0.1:" + SERVER.port(), InsecureChannelCredentials.create())
                .build();
        try {
            var ended = new CompletableFuture<Status.Code>();
            var request = DiscoveryRequest.newBuilder().setTypeUrl(XdsResourceType.ENDPOINTS.url());
            for (int i = 0; i < names; i++) {
                request.addResourceNames("n" + i);
            }
            AggregatedDiscoveryServiceGrpc.newStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .streamAggregatedResources(new StreamObserver<>() {
                        @Override
                        public void onNext(DiscoveryResponse response) {
                            // Only the end of the stream matters.
                        }

                        @Override
                        public void onError(Throwable failure) {
                            ended.complete(Status.fromThrowable(failure).getCode());
                        }

                        @Override
                        public void onCompleted() {
                            ended.complete(Status.Code.OK);
                        }
                    })
                    .onNext(request.build());
            return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow();
        }
    }

    private static Set<String> answers(ManagedChannel channel) {
        var names = new TreeSet<String>();
        for (int i = 0; i < 10; i++) {
            names.add(who(channel));
        }
        return names;
    }

    private static String who(ManagedChannel channel) {
        return ClientCalls.blockingUnaryCall(
                channel, WHO, CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS), "");
    }

    private static Server named(String name) throws IOException {
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("test.Named")
                        .addMethod(WHO, ServerCalls.asyncUnaryCall((String request, StreamObserver<String> client) -> {
                            client.onNext(name);
                            client.onCompleted();
                        }))
                        .build())
                .build()
                .start();
    }

    private static final class TextMarshaller implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
