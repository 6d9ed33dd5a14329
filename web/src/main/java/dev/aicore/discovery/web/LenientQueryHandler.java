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
 * Encodes what no URI may have where curl and browsers send it as it was typed: in a query, where {@code version=^1.2} is meant as it
 * stands. A path is left as it is. For HTTP/1.1; in HTTP/2 there is no place for it before the request is made of its frames.
 */
@Sharable
final class LenientQueryHandler extends ChannelInboundHandlerAdapter {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final LenientQueryHandler ONLY = new LenientQueryHandler();

    private LenientQueryHandler() {}

    static HttpServer installOn(HttpServer server) {
        return Http1Pipeline.onEach(server, LenientQueryHandler::addTo);
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

    /** The place of the first in the query; -1 if there is none. */
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
