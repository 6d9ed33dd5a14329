package dev.aicore.discovery.web;

import dev.aicore.discovery.config.time.TimeSource;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServer;

/**
 * Bounds the number of open connections, before anything is read from them, so that many connections of some callers
 * cost others neither memory nor their connections. Beyond a bound, closes the longest idle connection for the new one;
 * refuses the new one only if every connection is busy. Reactor Netty's {@code maxConnections} would close the new one,
 * and bounds no share of an address.
 */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    private final ConnectionTable table;
    private final Predicate<InetAddress> proxies;
    private final Duration firstRequest;
    private final ConnectionCounters counters;
    private final TimeSource time;

    /**
     * Creates a handler for all connections of a server.
     *
     * @param proxies matches addresses that act for many callers; their share isn't bounded
     * @param firstRequest maximum time from the start of a connection to the end of its first request's head; a
     *     connection that takes longer is closed
     */
    ConnectionLimit(
            ConnectionTable table,
            Predicate<InetAddress> proxies,
            Duration firstRequest,
            ConnectionCounters counters,
            TimeSource time) {
        this.table = table;
        this.proxies = proxies;
        this.firstRequest = firstRequest;
        this.counters = counters;
        this.time = time;
    }

    HttpServer installOn(HttpServer server) {
        return server.doOnChannelInit(
                        (observer, channel, remote) -> channel.pipeline().addFirst("registry.connectionLimit", this))
                .doOnBound(bound ->
                        bound.channel().pipeline().addLast("registry.acceptFailures", new AcceptFailures(counters)));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        var channel = context.channel();
        var address = channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
        var connection = new OpenConnection(channel, ClientNetwork.of(address), time.nanos());
        var admissionDecision = table.admit(connection, address == null || !proxies.test(address));
        if (!admissionDecision.admitted()) {
            counters.refused();
            ChannelFuture _ = context.close();
            return;
        }
        evict(admissionDecision.evicted());
        connection.firstRequestTimer = context.executor()
                .schedule(() -> endUnlessUsed(connection), firstRequest.toMillis(), TimeUnit.MILLISECONDS);
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        var connection = OpenConnection.of(context.channel());
        table.remove(connection);
        // The timer would keep the channel in memory: a crowd that opens and closes connections would fill the heap.
        var timer = connection.firstRequestTimer;
        if (timer != null) {
            timer.cancel(false);
        }
        super.channelInactive(context);
    }

    private void evict(@Nullable OpenConnection evicted) {
        if (evicted == null) {
            return;
        }
        counters.evicted();
        evicted.channel.eventLoop().execute(() -> {
            if (evicted.isBusy() && evicted.channel.isActive()) {
                table.restore(evicted);
            } else {
                ChannelFuture _ = evicted.channel.close();
            }
        });
    }

    /**
     * Counts failures on the listening socket. Without a free file descriptor, Netty accepts no connection for a
     * second.
     */
    static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        private final ConnectionCounters counters;

        AcceptFailures(ConnectionCounters counters) {
            this.counters = counters;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            counters.notAccepted(cause);
        }
    }

    private static void endUnlessUsed(OpenConnection connection) {
        if (!connection.isUsed()) {
            ChannelFuture _ = connection.channel.close();
        }
    }
}
