package dev.aicore.discovery.dialect.xds;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;

/** gRPC server without TLS on a port of its own. Calls run on virtual threads. */
final class XdsServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(XdsServer.class);

    /** Minimum interval of keepalive pings; clients of xDS send one every 5 minutes. */
    private static final long MIN_KEEPALIVE_SECONDS = 10;

    /** Interval of the server's own pings, which detect clients that vanished. */
    private static final long KEEPALIVE_SECONDS = 60;

    /** Time after which a connection without streams is closed. */
    private static final long IDLE_MINUTES = 5;

    private static final int MAX_REQUEST_BYTES = 1_048_576;
    private static final int MAX_METADATA_BYTES = 16_384;
    private static final int MAX_CALLS_PER_CONNECTION = 100;
    private static final long SHUTDOWN_SECONDS = 2;

    private final InetSocketAddress address;
    private final List<BindableService> services;
    private final XdsCallerInterceptor callers;
    private @Nullable Server server;
    private @Nullable ExecutorService executor;

    XdsServer(InetSocketAddress address, List<BindableService> services, XdsCallerInterceptor callers) {
        this.address = address;
        this.services = services;
        this.callers = callers;
    }

    /**
     * Opens the port.
     *
     * @throws PortInUseException if it is taken
     */
    @Override
    public void start() {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            server = NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
                    .addServices(services.stream()
                            .map(service -> ServerInterceptors.intercept(service, callers))
                            .toList())
                    .executor(threads)
                    .permitKeepAliveTime(MIN_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                    .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                    .maxInboundMessageSize(MAX_REQUEST_BYTES)
                    .maxInboundMetadataSize(MAX_METADATA_BYTES)
                    .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                    .build()
                    .start();
            executor = threads;
        } catch (IOException e) {
            threads.close();
            throw new PortInUseException(address.getPort(), e);
        }
        LOG.info("xDS is ready on port {}", port());
    }

    /** Returns the bound port; 0 while the server isn't running. */
    int port() {
        var running = server;
        return running == null ? 0 : running.getPort();
    }

    @Override
    public void stop() {
        var running = server;
        var threads = executor;
        if (running == null || threads == null) {
            return;
        }
        server = null;
        running.shutdownNow();
        try {
            if (!running.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("xDS streams were still open after {} s", SHUTDOWN_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }
}
