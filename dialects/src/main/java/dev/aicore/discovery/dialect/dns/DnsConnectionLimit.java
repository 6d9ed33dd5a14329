package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.NetworkConcurrencyLimit;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;

/** Closes connections beyond a number, in total and per network. */
@Sharable
final class DnsConnectionLimit extends ChannelInboundHandlerAdapter {

    private final NetworkConcurrencyLimit limit;

    DnsConnectionLimit(int maxConnections, int maxPerNetwork) {
        this.limit = new NetworkConcurrencyLimit(maxConnections, maxPerNetwork);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var network = ClientNetwork.of(((InetSocketAddress) context.channel().remoteAddress()).getAddress());
        if (!limit.tryAcquire(network)) {
            var _ = context.close();
            return;
        }
        context.channel().closeFuture().addListener(_ -> limit.release(network));
        context.fireChannelActive();
    }
}
