package dev.aicore.discovery.healthchecks.probe;

import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** gRPC server on loopback with a configurable health. */
final class GrpcTarget implements AutoCloseable {

    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicInteger connections = new AtomicInteger();
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

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
