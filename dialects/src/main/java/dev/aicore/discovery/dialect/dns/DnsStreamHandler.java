package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.access.NetworkRateLimiter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;

/**
 * Answers the queries of a TCP connection, each as soon as possible. Closes the connection if it sends too many
 * queries, something else, or nothing for too long. Reads no further queries while the client doesn't read the answers.
 */
final class DnsStreamHandler extends SimpleChannelInboundHandler<ByteBuf> {

    private final DnsResponder responder;
    private final NetworkRateLimiter rateLimiter;
    private final DnsMetrics metrics;

    DnsStreamHandler(DnsResponder responder, NetworkRateLimiter rateLimiter, DnsMetrics metrics) {
        this.responder = responder;
        this.rateLimiter = rateLimiter;
        this.metrics = metrics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        var source = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        if (!rateLimiter.tryAcquire(source)) {
            metrics.countDropped();
            var _ = context.close();
            return;
        }
        responder.respond(ByteBufUtil.getBytes(message), source, false).subscribe(answer -> {
            var _ = context.writeAndFlush(Unpooled.wrappedBuffer(answer));
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            var _ = context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        // The connection was reset, or sent something else than DNS, such as HTTP.
        var _ = context.close();
    }
}
