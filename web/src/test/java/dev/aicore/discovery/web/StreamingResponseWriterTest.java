package dev.aicore.discovery.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Tests streams whose callers read them, and streams whose callers don't. */
@Tag("integration")
class StreamingResponseWriterTest {

    private static final Duration LONGEST_WRITE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BATCH = 64 * 1024;
    /** Far more than sockets buffer, and far less than would be written without a limit. */
    private static final int MOST_BATCHES = 1_000;

    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void event_isWrittenAsNamePositionAndSingleLineJson() {
        assertThat(new String(StreamingResponseWriter.event("change", 7, Map.of("text", "two\nlines")), UTF_8))
                .isEqualTo("event: change\nid: 7\ndata: {\"text\":\"two\\nlines\"}\n\n");
    }

    @Test
    void slowCaller_isDisconnectedWithoutUnboundedBuffering() throws IOException {
        var server = serving(Mono.fromSupplier(() -> {
            batches.incrementAndGet();
            return List.of(new byte[BATCH]);
        }));
        try (var caller = connect(server)) {
            assertThat(caller.getInputStream().read()).isEqualTo('H');
            await().untilTrue(over);
            assertThat(batches).hasValueBetween(2, MOST_BATCHES);
            assertThat(readToTheEnd(caller)).isBetween((long) BATCH, (long) MOST_BATCHES * BATCH);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void finiteStream_isCompleteResponse() throws IOException {
        var server = serving(Mono.fromSupplier(
                () -> batches.getAndIncrement() < 3 ? List.of(StreamingResponseWriter.event("change", 1, 1)) : null));
        try (var caller = connect(server)) {
            var answer = new StringBuilder();
            var in = caller.getInputStream();
            while (!answer.toString().endsWith("0\r\n\r\n")) {
                answer.append((char) in.read());
            }
            assertThat(answer.toString().split("event: change", -1)).hasSize(4);
            assertThat(answer).contains("text/event-stream");
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void firstBatch_afterWrite_isGarbageCollected() throws IOException {
        var written = new AtomicReference<>(new WeakReference<>(new byte[0]));
        var first = Mono.defer(() -> {
            var event = StreamingResponseWriter.event("snapshot", 1, "large");
            written.set(new WeakReference<>(event));
            return retaining(List.of(event));
        });
        var server = serving(first, Mono.never());
        try (var caller = connect(server)) {
            assertThat(new Scanner(caller.getInputStream(), UTF_8).findWithinHorizon("large", 0))
                    .isNotNull();
            await().until(() -> {
                System.gc();
                return written.get().refersTo(null);
            });
            assertThat(over).isFalse();
        } finally {
            server.disposeNow();
        }
    }

    /** Returns the number of bytes until the server's end of the connection. */
    private static long readToTheEnd(Socket caller) throws IOException {
        caller.setSoTimeout((int) PATIENCE.toMillis());
        var buffer = new byte[BATCH];
        long total = 0;
        int read;
        while ((read = caller.getInputStream().read(buffer)) >= 0) {
            total += read;
        }
        return total;
    }

    /** Returns a {@code Mono} that retains its value, as reads that several callers share do. */
    private static <T> Mono<T> retaining(T value) {
        var sink = Sinks.<T>one();
        sink.tryEmitValue(value).orThrow();
        return sink.asMono();
    }

    private DisposableServer serving(Mono<List<byte[]>> next) {
        return serving(Mono.just(List.of()), next);
    }

    private DisposableServer serving(Mono<List<byte[]>> first, Mono<List<byte[]>> next) {
        HttpHandler handler = (request, response) -> StreamingResponseWriter.write(response, first, next, LONGEST_WRITE)
                .doFinally(end -> over.set(true));
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    private static Socket connect(DisposableServer server) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(UTF_8));
        return socket;
    }
}
