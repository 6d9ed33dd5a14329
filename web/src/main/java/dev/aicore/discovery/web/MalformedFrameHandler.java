package dev.aicore.discovery.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Exception;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs, throttled, how many HTTP/2 connections broke the protocol. The codec has closed each of them by then. Without
 * this handler, Netty would log a stack trace for each, as often as callers like.
 */
@Sharable
final class MalformedFrameHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(MalformedFrameHandler.class);

    private final ThrottledLogger throttledLogger;

    MalformedFrameHandler(ThrottledLogger throttledLogger) {
        this.throttledLogger = throttledLogger;
    }

    /** Adds the handler to the end of a connection's own pipeline. */
    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast("registry.malformedFrames", this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (cause instanceof Http2Exception malformed) {
            throttledLogger.count(times -> LOG.warn(
                    "{} HTTP/2 connections were closed because of malformed frames; last error: {}",
                    times,
                    malformed.getMessage()));
        } else {
            super.exceptionCaught(context, cause);
        }
    }
}
