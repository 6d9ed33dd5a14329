package dev.aicore.discovery.healthchecks.probe;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** gRPC server on loopback with a configurable health. */
final class GrpcTarget implements AutoCloseable {

    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<String> traceParents = new ConcurrentLinkedQueue<>();
    private final Server server;

    GrpcTarget(int port, @Nullable SelfSignedCertificate certificate) throws IOException {
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addTransportFilter(new ServerTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                        connections.incrementAndGet();
                        return attributes;
                    }
                })
                .intercept(new ServerInterceptor() {
                    @Override
                    public <Q, R> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                        var traceParent = headers.get(TRACE_PARENT);
                        if (traceParent != null) {
                            traceParents.add(traceParent);
                        }
                        return next.startCall(call, headers);
                    }
                })
                .addService(health.getHealthService());
        if (certificate != null) {
            builder.useTransportSecurity(
                    certificate.chain().toFile(), certificate.key().toFile());
        }
        server = builder.build().start();
    }

    static GrpcTarget plain() throws IOException {
        return new GrpcTarget(0, null);
    }

    GrpcTarget setStatus(String service, ServingStatus status) {
        health.setStatus(service, status);
        return this;
    }

    int port() {
        return server.getPort();
    }

    int connections() {
        return connections.get();
    }

    /** Returns the headers {@code traceparent} of all calls that had one. */
    List<String> traceParents() {
        return List.copyOf(traceParents);
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
