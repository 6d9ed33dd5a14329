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
 * Ends the connection of a caller who goes on sending a body that was refused long ago. What a route doesn't read, the server
 * reads to its end and throws away, so that the answer is heard and the connection stays usable; but not for ever.
 */
final class RejectedBodyHandler extends ChannelInboundHandlerAdapter {
    /** Well above what any route takes, so that an honest caller always hears its 413. */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private long received;

    static HttpServer installOn(HttpServer server) {
        return Http1Pipeline.onEach(server, RejectedBodyHandler::addTo);
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
