package dev.aicore.discovery.web;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes an HTTP/2 connection without requests: no stream is active, and none has begun since the previous check,
 * whatever else was sent. The head of a request that arrives in pieces counts only once it is complete. With Netty's
 * {@code IdleStateHandler}, on which Reactor Netty's {@code idleTimeout} is based, PINGs would keep a connection open.
 */
final class Http2IdleHandler extends ChannelInboundHandlerAdapter {

    private final Http2Connection connection;
    private final Duration idle;
    private int last;
    private @Nullable Future<?> idleCheck;

    /**
     * Adds the handler to a pipeline.
     *
     * @param idle time between two checks
     */
    static void addTo(ChannelPipeline pipeline, Http2FrameCodec codec, Duration idle) {
        pipeline.addAfter(
                pipeline.context(codec).name(), "registry.idleStreams", new Http2IdleHandler(codec.connection(), idle));
    }

    private Http2IdleHandler(Http2Connection connection, Duration idle) {
        this.connection = connection;
        this.idle = idle;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        idleCheck = context.executor()
                .scheduleWithFixedDelay(
                        () -> idleCheck(context), idle.toMillis(), idle.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
    }

    private void idleCheck(ChannelHandlerContext context) {
        int begun = connection.remote().lastStreamCreated();
        if (connection.numActiveStreams() == 0 && begun == last) {
            cancel();
            ChannelFuture _ = context.close();
        }
        last = begun;
    }

    private void cancel() {
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
    }
}
