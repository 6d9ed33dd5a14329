package dev.aicore.discovery.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HexFormat;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Percent-encodes characters in a query that no URI may contain, but curl and browsers send as typed, such as in
 * {@code version=^1.2}. Leaves the path unchanged. Handles HTTP/1.1 only: an HTTP/2 pipeline has no place for it before
 * frames become a request.
 */
@Sharable
final class LenientQueryHandler extends ChannelInboundHandlerAdapter {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final LenientQueryHandler ONLY = new LenientQueryHandler();

    private LenientQueryHandler() {}

    static HttpServer installOn(HttpServer server) {
        return Http1ConnectionDetector.onEach(server, LenientQueryHandler::addTo);
    }

    static void addTo(ChannelPipeline pipeline) {
        pipeline.addAfter(NettyPipeline.HttpCodec, "registry.rawQuery", ONLY);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            var uri = request.uri();
            int first = firstRaw(uri);
            if (first >= 0) {
                request.setUri(encoded(uri, first));
            }
        }
        super.channelRead(context, message);
    }

    /** Returns the index of the first such character in the query; -1 if there is none. */
    private static int firstRaw(String uri) {
        int query = uri.indexOf('?');
        for (int i = query; i >= 0 && i < uri.length(); i++) {
            if (isRaw(uri.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String encoded(String uri, int first) {
        var encoded = new StringBuilder(uri.length() + 16).append(uri, 0, first);
        for (int i = first; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (isRaw(c)) {
                encoded.append('%').append(HEX.toHexDigits((byte) c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static boolean isRaw(char c) {
        return switch (c) {
            case '"', '<', '>', '\\', '^', '`', '{', '|', '}' -> true;
            default -> false;
        };
    }
}
