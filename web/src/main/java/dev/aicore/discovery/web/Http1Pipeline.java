package dev.aicore.discovery.web;

import io.netty.channel.ChannelPipeline;
import java.util.function.Consumer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Connections that speak HTTP/1.1 from their first byte on; those that have to agree on it are {@link AlpnHandler}'s. */
final class Http1Pipeline {

    private Http1Pipeline() {}

    /** Adds to the pipeline of each. */
    static HttpServer onEach(HttpServer server, Consumer<ChannelPipeline> added) {
        return server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                added.accept(channel.pipeline());
            }
        });
    }
}
