package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Adds a problem to the failures that the HTTP server answers on its own, before any filter: request lines and headers
 * that are too long or can't be parsed. The server sends these failures, and no others, without a body, and Reactor
 * Netty has no hook to add one. Logs them, throttled.
 */
@Sharable
final class ProtocolErrorHandler extends ChannelOutboundHandlerAdapter {
    private static final FieldError UNREADABLE =
            new FieldError("request", "cannot be read", null, "HTTP/1.1 with a path that is a valid URI");

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolErrorHandler.class);

    private final IdGenerator idGenerator;
    private final ThrottledLogger throttledLogger;

    ProtocolErrorHandler(IdGenerator idGenerator, TimeSource time) {
        this.idGenerator = idGenerator;
        this.throttledLogger = new ThrottledLogger(time);
    }

    HttpServer installOn(HttpServer server) {
        return Http1ConnectionDetector.onEach(server, this::addTo);
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addAfter(NettyPipeline.HttpCodec, "registry.bareFailures", this);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof FullHttpResponse response && isFailureWithoutBody(response)) {
            throttledLogger.count(times ->
                    LOG.warn("{} malformed requests were refused; last status: {}.", times, response.status()));
            FullHttpResponse problem = problem(response);
            response.release();
            super.write(context, problem, promise);
        } else {
            super.write(context, message, promise);
        }
    }

    private static boolean isFailureWithoutBody(FullHttpResponse response) {
        return response.status().code() >= 400
                && !response.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
    }

    private FullHttpResponse problem(FullHttpResponse bare) {
        ErrorCode code = switch (bare.status().code()) {
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 414 -> ErrorCode.URI_TOO_LONG;
            case 431 -> ErrorCode.HEADERS_TOO_LARGE;
            default -> bare.status().code() < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
        };
        String requestId = idGenerator.next().toString();
        RegistryException refusal = new RegistryException(code, code.title() + ".", UNREADABLE);
        byte[] json = Problem.of(refusal, null, requestId).json();
        FullHttpResponse problem =
                new DefaultFullHttpResponse(bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(json));
        problem.headers()
                .set(bare.headers())
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, json.length)
                .set(RequestIdFilter.HEADER, requestId)
                .set("X-Content-Type-Options", "nosniff");
        return problem;
    }
}
