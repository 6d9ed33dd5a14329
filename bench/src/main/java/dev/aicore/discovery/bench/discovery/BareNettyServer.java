package dev.aicore.discovery.bench.discovery;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** Answers every request with the same number of bytes, without reading it. */
final class BareNettyServer {

    private BareNettyServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param arguments length of the answers in bytes
     */
    public static void main(String... arguments) {
        var answer = new byte[Integer.parseInt(arguments[0])];
        Arrays.fill(answer, (byte) 'x');
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .header(HttpHeaderNames.CONTENT_LENGTH, "" + answer.length)
                        .sendObject(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(answer))))
                .bindNow();
        System.out.println(server.port());
        server.onDispose().block();
    }
}
