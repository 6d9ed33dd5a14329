package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

class EventLoopBarrierTest {

    private final EventLoopBarrier eventLoopBarrier = new EventLoopBarrier();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final AtomicBoolean released = new AtomicBoolean();

    @Test
    void barrier_withoutEventLoops_completesImmediately() {
        assertThat(eventLoopBarrier.awaitReads()).isCompleted();
    }

    @Test
    void barrier_completesAfterArrivedRequestsAreRead() throws Exception {
        var loops = LoopResources.create("probed", 1, 1, true);
        var server = eventLoopBarrier
                .installOn(HttpServer.create().host("127.0.0.1").port(0).runOn(loops, false))
                .handle((request, response) -> {
                    read.add(request.uri());
                    if ("/slow".equals(request.uri())) {
                        waitUntilReleased();
                    }
                    return response.send();
                })
                .bindNow();
        try (var slow = new Socket(InetAddress.getLoopbackAddress(), server.port());
                var waiting = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            ask(waiting, "/first");
            await().until(() -> read.size() == 1);
            ask(slow, "/slow");
            await().until(() -> read.size() == 2);
            ask(waiting, "/waiting");
            var allRead = eventLoopBarrier.awaitReads().thenApply(_ -> List.copyOf(read));
            assertThat(allRead).isNotDone();
            released.set(true);
            assertThat(allRead.join()).containsExactly("/first", "/slow", "/waiting");
        } finally {
            released.set(true);
            server.disposeNow();
            loops.disposeLater().block();
        }
    }

    /** Keeps the event loop busy without blocking, since nothing may block there. */
    private void waitUntilReleased() {
        boolean go = false;
        while (!go) {
            go = released.get();
        }
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
