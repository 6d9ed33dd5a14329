package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.access.NetworkRateLimiter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;
import reactor.netty.resources.LoopResources;

/** DNS server on a UDP and a TCP port of the same number. One event loop of its own serves both. */
final class DnsServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);

    /** Maximum size of a query. A name has at most 255 bytes, and the options of EDNS that clients send are short. */
    private static final int MAX_QUERY_BYTES = 4_096;

    private static final int LENGTH_BYTES = 2;

    /** Sizes of the answers that a client hasn't read at which its queries are no longer and again read. */
    private static final WriteBufferWaterMark UNREAD_BYTES = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** Sizes of unsent answers over UDP at which further ones are dropped and again sent. */
    private static final WriteBufferWaterMark UNSENT_BYTES = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

    private static final int SOCKET_BUFFER_BYTES = 1024 * 1024;
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    private final InetSocketAddress address;
    private final DnsResponder responder;
    private final NetworkRateLimiter rateLimiter;
    private final DnsConnectionLimit connectionLimit;
    private final Duration idleTimeout;
    private final DnsMetrics metrics;
    private final List<Channel> channels = new ArrayList<>();
    private @Nullable LoopResources loops;

    DnsServer(
            InetSocketAddress address,
            DnsResponder responder,
            NetworkRateLimiter rateLimiter,
            DnsConnectionLimit connectionLimit,
            Duration idleTimeout,
            DnsMetrics metrics) {
        this.address = address;
        this.responder = responder;
        this.rateLimiter = rateLimiter;
        this.connectionLimit = connectionLimit;
        this.idleTimeout = idleTimeout;
        this.metrics = metrics;
    }

    /**
     * Opens both ports.
     *
     * @throws PortInUseException if one of them is taken
     */
    @Override
    public void start() {
        loops = LoopResources.create("dns", 1, true);
        try {
            var tcp = bindTcp(loops);
            channels.add(tcp);
            channels.add(bindUdp(loops, (InetSocketAddress) tcp.localAddress()));
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        LOG.info("DNS is ready on {}, UDP and TCP", localAddress());
    }

    private Channel bindTcp(LoopResources resources) {
        var group = resources.onServer(true);
        var bound = new ServerBootstrap()
                .group(group)
                .channel(resources.onChannelClass(ServerSocketChannel.class, group))
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD_BYTES)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initConnection(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        return require(bound.channel(), bound.cause());
    }

    private void initConnection(Channel channel) {
        channel.pipeline()
                .addLast(connectionLimit)
                .addLast(new LengthFieldBasedFrameDecoder(
                        MAX_QUERY_BYTES + LENGTH_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                // Behind the decoder, so that only complete queries count.
                .addLast(new IdleStateHandler(idleTimeout.toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new LengthFieldPrepender(LENGTH_BYTES))
                .addLast(new DnsStreamHandler(responder, rateLimiter, metrics));
    }

    private Channel bindUdp(LoopResources resources, InetSocketAddress local) {
        var group = resources.onServer(true);
        DatagramChannel channel = resources.onChannel(DatagramChannel.class, group);
        channel.config()
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(MAX_QUERY_BYTES).maxMessagesPerRead(64))
                .setWriteBufferWaterMark(UNSENT_BYTES)
                .setReceiveBufferSize(SOCKET_BUFFER_BYTES)
                .setSendBufferSize(SOCKET_BUFFER_BYTES);
        channel.pipeline().addLast(new DnsDatagramHandler(responder, rateLimiter, metrics));
        group.register(channel).awaitUninterruptibly();
        var bound = channel.bind(local).awaitUninterruptibly();
        return require(channel, bound.cause());
    }

    private Channel require(Channel channel, @Nullable Throwable failure) {
        if (failure != null) {
            var _ = channel.close();
            throw isInUse(failure)
                    ? new PortInUseException(address.getPort(), failure)
                    : new IllegalStateException("DNS can't be served on " + address, failure);
        }
        return channel;
    }

    /** Returns true if the port is taken. The native transport has no class for this error. */
    private static boolean isInUse(Throwable failure) {
        var message = failure.getMessage();
        return failure instanceof IOException && message != null && message.contains("already in use");
    }

    /** Returns the bound address; null while the server isn't running. */
    @Nullable
    InetSocketAddress localAddress() {
        return channels.isEmpty()
                ? null
                : (InetSocketAddress) channels.getFirst().localAddress();
    }

    @Override
    public void stop() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        channels.clear();
        var used = loops;
        if (used != null) {
            used.disposeLater(Duration.ZERO, SHUTDOWN_TIMEOUT).subscribe();
            loops = null;
        }
    }

    @Override
    public boolean isRunning() {
        return !channels.isEmpty();
    }
}
