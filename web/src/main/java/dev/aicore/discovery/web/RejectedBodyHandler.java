package dev.aicore.discovery.web;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Closes the connection of a caller that goes on sending a body long after it was refused. The server reads and
 * discards what a route doesn't read, so that the caller gets the answer and the connection stays usable. This handler
 * bounds how much it discards, for which Reactor Netty has no setting.
 */
final class RejectedBodyHandler extends ChannelInboundHandlerAdapter {
    /**
     * Maximum number of bytes of a request's body. Far above what any route takes, so that a well-behaved caller always
     * gets its 413.
     */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private long received;

    static HttpServer installOn(HttpServer server) {
        return Http1ConnectionDetector.onEach(server, RejectedBodyHandler::addTo);
    }

    static void addTo(ChannelPipeline pipeline) {
        pipeline.addAfter(NettyPipeline.HttpCodec, "registry.bodyCeiling", new RejectedBodyHandler());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest) {
            received = 0;
        }
        if (message instanceof HttpContent content) {
            received += content.content().readableBytes();
        }
        if (received > MAX_BYTES) {
            ReferenceCountUtil.release(message);
            ChannelFuture _ = context.close();
        } else {
            super.channelRead(context, message);
        }
    }
}
