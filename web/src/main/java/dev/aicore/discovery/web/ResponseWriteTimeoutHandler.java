package dev.aicore.discovery.web;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Closes the connection of a caller that doesn't read its answer, which would occupy memory for as long. Only the
 * network knows its progress; for all other code an answer is complete as soon as it is written. Starts a timer only
 * for data that the network doesn't take at once; Netty's {@code WriteTimeoutHandler} starts one for each write.
 * Ignores answers of {@link StreamingResponseWriter}, which has its own timeout.
 */
final class ResponseWriteTimeoutHandler extends ChannelOutboundHandlerAdapter {
    private static final String NAME = "registry.sendDeadline";

    private final Duration timeout;
    private @Nullable HttpResponse head;
    private @Nullable ChannelPromise last;
    private @Nullable Future<?> end;

    private ResponseWriteTimeoutHandler(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Adds the handler to HTTP/1.1 connections, and to the streams of HTTP/2 connections.
     *
     * @param timeout time within which the network must take written data
     */
    static HttpServer installOn(HttpServer server, Duration timeout) {
        return Http1ConnectionDetector.onEach(server, pipeline -> addTo(pipeline, timeout))
                .doOnConnection(connection -> {
                    var pipeline = connection.channel().pipeline();
                    if (pipeline.get(NettyPipeline.H2ToHttp11Codec) != null && pipeline.get(NAME) == null) {
                        pipeline.addAfter(
                                NettyPipeline.H2ToHttp11Codec, NAME, new ResponseWriteTimeoutHandler(timeout));
                    }
                });
    }

    static void addTo(ChannelPipeline pipeline, Duration timeout) {
        pipeline.addAfter(NettyPipeline.HttpCodec, NAME, new ResponseWriteTimeoutHandler(timeout));
    }

    /** Adds the handler to an HTTP/2 connection itself, whose streams aren't notified of data that it hasn't sent. */
    static void addTo(ChannelPipeline pipeline, Http2FrameCodec codec, Duration timeout) {
        pipeline.addBefore(pipeline.context(codec).name(), NAME, new ResponseWriteTimeoutHandler(timeout));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse begun) {
            head = begun;
        }
        var listened = promise.unvoid();
        last = listened;
        super.write(context, message, listened);
    }

    @Override
    public void flush(ChannelHandlerContext context) throws Exception {
        super.flush(context);
        watch(context);
    }

    private void watch(ChannelHandlerContext context) {
        var waited = last;
        if (end == null && waited != null && !waited.isDone() && !isStream()) {
            end = context.executor()
                    .schedule(() -> checkProgress(context, waited), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void checkProgress(ChannelHandlerContext context, ChannelPromise waited) {
        end = null;
        if (waited.isDone()) {
            watch(context);
        } else {
            ChannelFuture _ = context.close();
        }
    }

    private boolean isStream() {
        var type = head == null ? null : head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && StreamingResponseWriter.isOf(MediaType.parseMediaType(type));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel(false);
        }
    }
}
