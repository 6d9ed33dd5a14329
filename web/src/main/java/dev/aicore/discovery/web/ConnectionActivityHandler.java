package dev.aicore.discovery.web;

import dev.aicore.discovery.config.time.TimeSource;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Reports to the {@link OpenConnection} whether it is busy: from the last byte of a request until the network has taken
 * the last byte of its answer. On HTTP/2, while a stream is active.
 */
final class ConnectionActivityHandler extends ChannelDuplexHandler {

    private final ConnectionTable table;
    private final TimeSource time;
    private final GenericFutureListener<Future<Void>> onResponseWritten = _ -> onResponseWritten();
    private final Channel channel;
    private long begun;
    private long received;
    private long responses;

    private ConnectionActivityHandler(ConnectionTable table, TimeSource time, Channel channel) {
        this.table = table;
        this.time = time;
        this.channel = channel;
    }

    static HttpServer installOn(HttpServer server, ConnectionTable table, TimeSource time) {
        return Http1ConnectionDetector.onEach(server, pipeline -> addTo(pipeline, table, time));
    }

    static void addTo(ChannelPipeline pipeline, ConnectionTable table, TimeSource time) {
        pipeline.addAfter(
                NettyPipeline.HttpCodec,
                "registry.requestTracker",
                new ConnectionActivityHandler(table, time, pipeline.channel()));
    }

    /** Adds a listener to an HTTP/2 connection. */
    static void addTo(Channel channel, Http2FrameCodec codec, ConnectionTable table, TimeSource time) {
        var streams = codec.connection();
        streams.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamActive(Http2Stream stream) {
                OpenConnection.of(channel).use(time.nanos());
                notifyConnection(channel, true, table, time);
            }

            @Override
            public void onStreamClosed(Http2Stream stream) {
                notifyConnection(channel, streams.numActiveStreams() > 0, table, time);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest) {
            begun++;
            OpenConnection.of(channel).use(time.nanos());
        }
        if (message instanceof LastHttpContent) {
            // The answer to a request that was refused early may have ended already.
            received = begun;
            notifyConnection(channel, received > responses, table, time);
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        boolean ends = message instanceof LastHttpContent
                && !(message instanceof HttpResponse response
                        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
        super.write(context, message, ends ? promise.unvoid().addListener(onResponseWritten) : promise);
    }

    private void onResponseWritten() {
        responses++;
        notifyConnection(channel, received > responses, table, time);
    }

    private static void notifyConnection(Channel channel, boolean busy, ConnectionTable table, TimeSource time) {
        var connection = OpenConnection.of(channel);
        connection.setBusy(busy, time.nanos());
        if (!busy && !connection.listed) {
            table.list(connection);
        }
    }
}
