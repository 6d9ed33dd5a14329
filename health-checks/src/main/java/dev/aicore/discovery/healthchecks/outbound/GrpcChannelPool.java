package dev.aicore.discovery.healthchecks.outbound;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;

/**
 * Calls checked addresses by gRPC. Keeps up to {@link #MAX_CHANNELS} channels and reuses them for the same host,
 * address and port; closes the least recently used channel beyond that. Closes a channel after a failed call, because
 * its reconnect back-off would grow with each failure.
 */
public final class GrpcChannelPool implements AutoCloseable {

    static final int MAX_CHANNELS = 512;

    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final int MAX_MESSAGE_BYTES = 4 * 1024;
    private static final int MAX_METADATA_BYTES = 16 * 1024;

    /** Created by the first encrypted call: gRPC has its own copy of Netty, which most registries never need. */
    private final Supplier<SslContext> verified;

    private final int maxChannels;
    private final SequencedMap<Key, ManagedChannel> channels = new LinkedHashMap<>();

    /**
     * Creates a pool.
     *
     * @param roots trusted certificates; empty for the trust store of the Java runtime
     */
    GrpcChannelPool(List<X509Certificate> roots) {
        this(roots, MAX_CHANNELS);
    }

    GrpcChannelPool(List<X509Certificate> roots, int maxChannels) {
        this.verified = SingletonSupplier.of(() -> verified(roots));
        this.maxChannels = maxChannels;
    }

    private static SslContext verified(List<X509Certificate> roots) {
        var tls = GrpcSslContexts.forClient();
        try {
            return (roots.isEmpty() ? tls : tls.trustManager(roots)).build();
        } catch (SSLException unusable) {
            throw new IllegalStateException("TLS can't be used.", unusable);
        }
    }

    /**
     * Makes a call on a channel.
     *
     * @param call must end by a deadline, or when its subscriber cancels
     * @return fails with {@link OutboundException}, or with gRPC's exception if the target answered with a status
     */
    public <T> Mono<T> call(AllowedAddress target, boolean tls, Function<? super Channel, ? extends Mono<T>> call) {
        var key = new Key(target.socketAddress(), target.authority(), tls);
        return Mono.<T, ManagedChannel>usingWhen(
                        Mono.fromSupplier(() -> acquire(key)),
                        call,
                        channel -> Mono.fromRunnable(() -> release(key, channel)),
                        (channel, failure) -> Mono.fromRunnable(channel::shutdownNow),
                        channel -> Mono.fromRunnable(channel::shutdownNow))
                .onErrorMap(GrpcChannelPool::classify);
    }

    /**
     * Removes a channel from the pool, or opens one. A channel has one user at a time, so that a failure affects no
     * other call.
     */
    private ManagedChannel acquire(Key key) {
        synchronized (channels) {
            var channel = channels.remove(key);
            return channel == null ? open(key) : channel;
        }
    }

    private void release(Key key, ManagedChannel channel) {
        ManagedChannel surplus;
        synchronized (channels) {
            surplus = channels.put(key, channel);
            if (surplus == null && channels.size() > maxChannels) {
                surplus = channels.pollFirstEntry().getValue();
            }
        }
        if (surplus != null) {
            surplus.shutdownNow();
        }
    }

    private ManagedChannel open(Key key) {
        var builder = NettyChannelBuilder.forAddress(key.address)
                .overrideAuthority(key.authority)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) OutboundTcpClient.CONNECT_TIMEOUT.toMillis())
                .idleTimeout(IDLE.toSeconds(), TimeUnit.SECONDS)
                .proxyDetector(address -> null)
                .directExecutor()
                .disableRetry()
                .disableServiceConfigLookUp()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_METADATA_BYTES)
                .userAgent("service-discovery");
        return key.tls
                ? builder.sslContext(verified.get()).build()
                : builder.negotiationType(NegotiationType.PLAINTEXT).build();
    }

    /** Classifies the cause if the call failed because there was no connection. */
    private static Throwable classify(Throwable failure) {
        if (!(failure instanceof StatusRuntimeException status)) {
            return ConnectionFailureClassifier.classify(failure);
        }
        return status.getStatus().getCode() == Status.Code.UNAVAILABLE && status.getCause() != null
                ? ConnectionFailureClassifier.classify(status.getCause())
                : status;
    }

    @Override
    public void close() {
        synchronized (channels) {
            channels.values().forEach(ManagedChannel::shutdownNow);
            channels.clear();
        }
    }

    private record Key(InetSocketAddress address, String authority, boolean tls) {}
}
