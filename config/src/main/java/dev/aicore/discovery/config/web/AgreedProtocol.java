package dev.aicore.discovery.config.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Waits until both sides of an encrypted connection have agreed on HTTP/1.1 or HTTP/2, and only then puts in what bounds callers:
 * before, there is no codec to put it behind.
 */
final class AgreedProtocol extends ChannelInboundHandlerAdapter {

    private static final String NAME = "registry.agreedProtocol";

    private final Consumer<ChannelPipeline> ofHttp1;
    private final Duration idle;

    private AgreedProtocol(Consumer<ChannelPipeline> ofHttp1, Duration idle) {
        this.ofHttp1 = ofHttp1;
        this.idle = idle;
    }

    /**
     * On connections that are yet to agree.
     *
     * @param ofHttp1 adds what bounds callers of HTTP/1.1
     * @param idle    how long a connection of HTTP/2 is kept on which nothing is asked
     */
    static HttpServer installOn(HttpServer server, Consumer<ChannelPipeline> ofHttp1, Duration idle) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            var pipeline = channel.pipeline();
            if (pipeline.get(NettyPipeline.SslHandler) != null && pipeline.get(NettyPipeline.HttpCodec) == null) {
                pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME, new AgreedProtocol(ofHttp1, idle));
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            var pipeline = context.pipeline();
            var http2 = pipeline.get(Http2FrameCodec.class);
            if (http2 != null) {
                pipeline.addBefore(NAME, "registry.idleStreams", new IdleStreams(http2.connection(), idle));
            } else if (pipeline.get(NettyPipeline.HttpCodec) != null) {
                ofHttp1.accept(pipeline);
            }
            pipeline.remove(this);
        }
        super.userEventTriggered(context, event);
    }
}
