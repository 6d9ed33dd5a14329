package dev.aicore.discovery.web;

import io.netty.channel.ChannelPipeline;
import java.util.function.Consumer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Finds connections that speak HTTP/1.1 from their first byte on. {@link AlpnHandler} handles those that negotiate it.
 */
final class Http1ConnectionDetector {

    private Http1ConnectionDetector() {}

    /** Applies a change to the pipeline of each such connection. */
    static HttpServer onEach(HttpServer server, Consumer<ChannelPipeline> added) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                added.accept(channel.pipeline());
            }
        });
    }
}
