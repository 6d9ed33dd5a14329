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
 * Closes a connection whose request has begun to arrive and isn't complete in time: a head that arrives byte by byte,
 * or a body that no one waits for. Placed behind the codec, which reports each read, whether or not it decoded a
 * message. Reactor Netty's {@code requestTimeout} starts only when the head is complete.
 */
final class RequestReceiveTimeoutHandler extends ChannelInboundHandlerAdapter {
    private final Duration timeout;
    private boolean ended;
    private @Nullable Future<?> end;

    private RequestReceiveTimeoutHandler(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Adds the handler to each HTTP/1.1 connection.
     *
     * @param timeout time from the first byte of a request to its last
     */
    static HttpServer installOn(HttpServer server, Duration timeout) {
        return Http1ConnectionDetector.onEach(server, pipeline -> addTo(pipeline, timeout));
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
