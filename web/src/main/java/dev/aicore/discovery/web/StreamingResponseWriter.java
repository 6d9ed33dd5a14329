package dev.aicore.discovery.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.timeout.WriteTimeoutHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An answer that goes on: server-sent events, or lines of JSON. One batch at a time is asked for, and the next one not before the network has
 * taken the last: nothing piles up for a caller who reads slowly, and one who doesn't read at all loses the connection.
 */
public final class StreamingResponseWriter {

    /** Lines of JSON, one value each. */
    public static final MediaType LINES = MediaType.APPLICATION_NDJSON;

    private static final String CUT = "registry.unreadEvents";

    private StreamingResponseWriter() {}

    /**
     * One event as it is written.
     *
     * @param id what its caller sends back to resume behind it
     * @param data written as JSON
     */
    public static byte[] event(String name, long id, Object data) {
        // JSON has no line breaks, which would end the event.
        return ("event: " + name + "\nid: " + id + "\ndata: " + ApiJson.mapper().writeValueAsString(data) + "\n\n")
                .getBytes(UTF_8);
    }

    /**
     * Answers with events.
     *
     * @param first what the stream begins with; nothing is answered before it is here
     * @param next subscribed to again and again for the next batch; empty ends the stream, a failure breaks it off
     * @param longestWrite how long the network may take for what was written; a caller who is cut off knows where to resume
     */
    public static Mono<Void> write(
            ServerHttpResponse response, Mono<List<byte[]>> first, Mono<List<byte[]>> next, Duration longestWrite) {
        return write(response, MediaType.TEXT_EVENT_STREAM, first, next, longestWrite);
    }

    /** The same with lines of JSON. */
    public static Mono<Void> writeLines(
            ServerHttpResponse response, Mono<List<byte[]>> first, Mono<List<byte[]>> next, Duration longestWrite) {
        return write(response, LINES, first, next, longestWrite);
    }

    /** One line as it is written. */
    public static byte[] line(Object data) {
        return (ApiJson.mapper().writeValueAsString(data) + "\n").getBytes(UTF_8);
    }

    /** Whether such an answer may take longer than others. */
    static boolean isOf(@Nullable MediaType type) {
        return MediaType.TEXT_EVENT_STREAM.isCompatibleWith(type) || LINES.isCompatibleWith(type);
    }

    private static Mono<Void> write(
            ServerHttpResponse response,
            MediaType type,
            Mono<List<byte[]>> first,
            Mono<List<byte[]>> next,
            Duration longestWrite) {
        var batchedResponseBody = new BatchedResponseBody(next, response.bufferFactory());
        // Not by flatMap: its source, which may keep what it gave, would be kept for as long as the stream goes on.
        return first.doOnNext(batchedResponseBody::beginWith)
                .then(Mono.defer(() -> begin(response, type, batchedResponseBody, longestWrite)));
    }

    private static Mono<Void> begin(
            ServerHttpResponse response,
            MediaType type,
            BatchedResponseBody batchedResponseBody,
            Duration longestWrite) {
        var headers = response.getHeaders();
        headers.setContentType(type);
        headers.setCacheControl(CacheControl.noStore());
        // Proxies of nginx's kind would keep events to themselves until there are many.
        headers.set("X-Accel-Buffering", "no");
        closeIfUnread(response, longestWrite);
        return response.writeAndFlushWith(batchedResponseBody.all());
    }

    private static void closeIfUnread(ServerHttpResponse response, Duration longestWrite) {
        if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty) {
            netty.withConnection(connection -> connection.addHandlerLast(
                    CUT, new WriteTimeoutHandler(longestWrite.toMillis(), TimeUnit.MILLISECONDS)));
        }
    }
}
