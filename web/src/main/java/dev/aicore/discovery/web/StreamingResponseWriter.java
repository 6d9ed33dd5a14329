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
 * Writes answers that go on: server-sent events, or lines of JSON. Requests one batch at a time, the next one only when
 * the network has taken the last: nothing accumulates for a caller that reads slowly, and a caller that doesn't read at
 * all loses the connection. Spring's {@code ServerSentEventHttpMessageWriter} bounds no time, and takes as many events
 * ahead as Reactor Netty requests.
 */
public final class StreamingResponseWriter {

    /** Media type of lines of JSON, one value per line. */
    public static final MediaType LINES = MediaType.APPLICATION_NDJSON;

    private static final String CUT = "registry.unreadEvents";

    private StreamingResponseWriter() {}

    /**
     * Serializes an event.
     *
     * @param id position from which the caller can resume after this event
     * @param data value that is written as JSON
     */
    public static byte[] event(String name, long id, Object data) {
        return (headText(name, id) + dataText(data)).getBytes(UTF_8);
    }

    /**
     * Returns the first part of an event, which {@link #data} completes. Events with the same data and different ids
     * share the latter.
     */
    public static byte[] head(String name, long id) {
        return headText(name, id).getBytes(UTF_8);
    }

    /** Returns a part of an event, to follow on {@link #head}, that states when the caller should reconnect. */
    public static byte[] retry(Duration delay) {
        return ("retry: " + delay.toMillis() + "\n").getBytes(UTF_8);
    }

    /** Serializes the last part of an event. */
    public static byte[] data(Object data) {
        return dataText(data).getBytes(UTF_8);
    }

    private static String headText(String name, long id) {
        return "event: " + name + "\nid: " + id + "\n";
    }

    private static String dataText(Object data) {
        // JSON contains no line breaks, which would end the event.
        return "data: " + ApiJson.mapper().writeValueAsString(data) + "\n\n";
    }

    /**
     * Answers with server-sent events.
     *
     * @param first first batch of the stream; the answer doesn't begin before it is available
     * @param next source of the next batch, subscribed to repeatedly; empty ends the stream, an error aborts it
     * @param maxWrite time within which the network must take written data; a caller that is cut off knows where to
     *     resume
     */
    public static Mono<Void> write(
            ServerHttpResponse response, Mono<List<byte[]>> first, Mono<List<byte[]>> next, Duration maxWrite) {
        return write(response, MediaType.TEXT_EVENT_STREAM, first, next, maxWrite);
    }

    /** Answers with lines of JSON, otherwise like {@link #write}. */
    public static Mono<Void> writeLines(
            ServerHttpResponse response, Mono<List<byte[]>> first, Mono<List<byte[]>> next, Duration maxWrite) {
        return write(response, LINES, first, next, maxWrite);
    }

    /** Serializes a line. */
    public static byte[] line(Object data) {
        return (ApiJson.mapper().writeValueAsString(data) + "\n").getBytes(UTF_8);
    }

    /** Returns true if answers of this type are streams, which may take longer than others. */
    static boolean isOf(@Nullable MediaType type) {
        return MediaType.TEXT_EVENT_STREAM.isCompatibleWith(type) || LINES.isCompatibleWith(type);
    }

    private static Mono<Void> write(
            ServerHttpResponse response,
            MediaType type,
            Mono<List<byte[]>> first,
            Mono<List<byte[]>> next,
            Duration maxWrite) {
        var batchedResponseBody = new BatchedResponseBody(next, response.bufferFactory());
        // Not by flatMap, which would retain its source, and all that the source retains, as long as the stream lasts.
        return first.doOnNext(batchedResponseBody::beginWith)
                .then(Mono.defer(() -> begin(response, type, batchedResponseBody, maxWrite)));
    }

    private static Mono<Void> begin(
            ServerHttpResponse response, MediaType type, BatchedResponseBody batchedResponseBody, Duration maxWrite) {
        var headers = response.getHeaders();
        headers.setContentType(type);
        headers.setCacheControl(CacheControl.noStore());
        // Proxies such as nginx would otherwise buffer events until there are many.
        headers.set("X-Accel-Buffering", "no");
        closeIfUnread(response, maxWrite);
        return response.writeAndFlushWith(batchedResponseBody.batches());
    }

    private static void closeIfUnread(ServerHttpResponse response, Duration maxWrite) {
        if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty) {
            netty.withConnection(connection -> connection.addHandlerLast(
                    CUT, new WriteTimeoutHandler(maxWrite.toMillis(), TimeUnit.MILLISECONDS)));
        }
    }
}
