package dev.aicore.discovery.healthchecks.outbound;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import reactor.netty.resources.LoopResources;

/**
 * Creates and holds the clients that connect to declared targets. They have their own event loops, so that a stalled
 * target doesn't delay the API.
 */
public final class OutboundClients implements AutoCloseable {

    private static final int LOOPS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final LoopResources loops = LoopResources.create("outbound", LOOPS, true);
    private final DnsResolver names;
    private final Egress egress;
    private final OutboundHttpClient http;
    private final OutboundTcpClient tcp;
    private final GrpcChannelPool grpc;

    /** Creates the clients. Reads the machine's name servers and certificates, which blocks briefly. */
    public static OutboundClients of(AddressPolicy policy) {
        return new OutboundClients(policy, List.of());
    }

    /**
     * Creates the clients.
     *
     * @param roots trusted certificates; empty for the trust store of the Java runtime
     */
    OutboundClients(AddressPolicy policy, List<X509Certificate> roots) {
        this.names = new DnsResolver(loops);
        this.egress = new PolicyEgress(policy, names);
        this.tcp = new OutboundTcpClient(loops);
        try {
            this.http = new OutboundHttpClient(loops, verified(roots), unverified());
        } catch (SSLException unusable) {
            throw new IllegalStateException("TLS can't be used.", unusable);
        }
        this.grpc = new GrpcChannelPool(roots);
    }

    public Egress egress() {
        return egress;
    }

    public OutboundHttpClient http() {
        return http;
    }

    public OutboundTcpClient tcp() {
        return tcp;
    }

    public GrpcChannelPool grpc() {
        return grpc;
    }

    /** Drops all connections. The event loops end in the background, within a few seconds. */
    @Override
    public void close() {
        grpc.close();
        names.close();
        http.close().then(loops.disposeLater(Duration.ZERO, CLOSING)).subscribe();
    }

    private static SslContext verified(List<X509Certificate> roots) throws SSLException {
        var tls = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).endpointIdentificationAlgorithm("HTTPS");
        return (roots.isEmpty() ? tls : tls.trustManager(roots)).build();
    }

    private static SslContext unverified() throws SSLException {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
    }
}
