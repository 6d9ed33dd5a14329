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
 * Ends the connection of a caller who doesn't take an answer, which would be kept for as long. Only the network knows how far it has
 * come: to everybody else an answer is over as soon as it is written. There is a timer only for what isn't taken at once, and none for
 * {@link StreamingResponseWriter}s, which have their own.
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
     * On connections of HTTP/1.1, and on the streams of those of HTTP/2.
     *
     * @param timeout for the network to take what is written
     */
    static HttpServer installOn(HttpServer server, Duration timeout) {
        return Http1Pipeline.onEach(server, pipeline -> addTo(pipeline, timeout))
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

    /** On a connection of HTTP/2 itself, whose streams aren't told of what it has not sent. */
    static void addTo(ChannelPipeline pipeline, Http2FrameCodec codec, Duration timeout) {
        pipeline.addBefore(pipeline.context(codec).name(), NAME, new ResponseWriteTimeoutHandler(timeout));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse begun) {
            head = begun;
        }
        var told = promise.unvoid();
        last = told;
        super.write(context, message, told);
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
