package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.web.ClientNetwork;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Closes connections beyond a number, in total and per network. Used on one event loop. */
@Sharable
final class DnsConnectionLimit extends ChannelInboundHandlerAdapter {

    private final int maxConnections;
    private final int maxPerNetwork;
    private final Map<String, Integer> ofNetworks = new HashMap<>();
    private int open;

    DnsConnectionLimit(int maxConnections, int maxPerNetwork) {
        this.maxConnections = maxConnections;
        this.maxPerNetwork = maxPerNetwork;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var network = ClientNetwork.of(((InetSocketAddress) context.channel().remoteAddress()).getAddress());
        if (open >= maxConnections || ofNetworks.getOrDefault(network, 0) >= maxPerNetwork) {
            var _ = context.close();
            return;
        }
        open++;
        ofNetworks.merge(network, 1, Integer::sum);
        context.channel().closeFuture().addListener(_ -> {
            open--;
            ofNetworks.computeIfPresent(network, (_, own) -> own == 1 ? null : own - 1);
        });
        context.fireChannelActive();
    }
}
