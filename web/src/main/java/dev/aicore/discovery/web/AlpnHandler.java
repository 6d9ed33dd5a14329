package dev.aicore.discovery.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Waits until both sides of an encrypted connection have negotiated HTTP/1.1 or HTTP/2, and only then adds the handlers
 * that limit callers. Before that, the pipeline has no codec to place them behind.
 */
final class AlpnHandler extends ChannelInboundHandlerAdapter {

    private static final String NAME = "registry.agreedProtocol";

    private final Consumer<ChannelPipeline> ofHttp1;
    private final BiConsumer<ChannelPipeline, Http2FrameCodec> ofHttp2;

    private AlpnHandler(Consumer<ChannelPipeline> ofHttp1, BiConsumer<ChannelPipeline, Http2FrameCodec> ofHttp2) {
        this.ofHttp1 = ofHttp1;
        this.ofHttp2 = ofHttp2;
    }

    /**
     * Adds the handler to connections that have yet to negotiate their protocol.
     *
     * @param ofHttp1 adds the handlers that limit callers of HTTP/1.1
     * @param ofHttp2 adds the handlers that limit callers of HTTP/2
     */
    static HttpServer installOn(
            HttpServer server,
            Consumer<ChannelPipeline> ofHttp1,
            BiConsumer<ChannelPipeline, Http2FrameCodec> ofHttp2) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            var pipeline = channel.pipeline();
            if (pipeline.get(NettyPipeline.SslHandler) != null && pipeline.get(NettyPipeline.HttpCodec) == null) {
                pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME, new AlpnHandler(ofHttp1, ofHttp2));
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            var pipeline = context.pipeline();
            var http2 = pipeline.get(Http2FrameCodec.class);
            if (http2 != null) {
                ofHttp2.accept(pipeline, http2);
            } else if (pipeline.get(NettyPipeline.HttpCodec) != null) {
                ofHttp1.accept(pipeline);
            }
            pipeline.remove(this);
        }
        super.userEventTriggered(context, event);
    }
}
