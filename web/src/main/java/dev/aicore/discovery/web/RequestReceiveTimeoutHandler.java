package dev.aicore.discovery.web;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Ends the connection of a caller whose request has begun to arrive and doesn't come to its end: a head that drips in byte by
 * byte, or a body that nobody waits for. It stands behind the codec, which tells of each read, if it made a message of it or not.
 */
final class RequestReceiveTimeoutHandler extends ChannelInboundHandlerAdapter {
    private final Duration timeout;
    private boolean ended;
    private @Nullable Future<?> end;

    private RequestReceiveTimeoutHandler(Duration timeout) {
        this.timeout = timeout;
    }

    /** @param timeout from the first byte of a request to its last */
    static HttpServer installOn(HttpServer server, Duration timeout) {
        return Http1Pipeline.onEach(server, pipeline -> addTo(pipeline, timeout));
    }

    static void addTo(ChannelPipeline pipeline, Duration timeout) {
        pipeline.addAfter(
                NettyPipeline.HttpCodec, "registry.receiveDeadline", new RequestReceiveTimeoutHandler(timeout));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        ended = message instanceof LastHttpContent;
        if (ended) {
            cancel();
        }
        super.channelRead(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (!ended && end == null) {
            end = context.executor().schedule(() -> close(context), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        ended = false;
        super.channelReadComplete(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
    }

    private void cancel() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    private static void close(ChannelHandlerContext context) {
        ChannelFuture _ = context.close();
    }
}
