package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SseLoadGeneratorTest {

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final CountDownLatch change = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/watch", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange;
                    var out = exchange.getResponseBody()) {
                out.write("event: snapshot\nid: 1\ndata: {}\n\n".getBytes(US_ASCII));
                out.flush();
                change.await();
                out.write("event: change\nid: 2\ndata: {}\n\n".getBytes(US_ASCII));
                out.flush();
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        change.countDown();
        end.countDown();
        server.stop(0);
    }

    @Test
    void clients_receiveEachEvent() throws Exception {
        try (var sseLoadGenerator = watchers()) {
            sseLoadGenerator.add(Collections.nCopies(300, "/watch"));
            sseLoadGenerator.add(List.of("/watch"));
            assertThat(told).hasSize(301).contains("0 snapshot 1", "300 snapshot 1");

            change.countDown();

            await().until(() -> told.size() == 602);
            assertThat(told).contains("0 change 2", "300 change 2");
            assertThat(sseLoadGenerator.lost()).isZero();
        }
    }

    @Test
    void clients_withEndedStream_areCountedAsLost() throws Exception {
        try (var sseLoadGenerator = watchers()) {
            sseLoadGenerator.add(List.of("/watch", "/watch"));

            change.countDown();
            end.countDown();

            await().until(() -> sseLoadGenerator.lost() == 2);
        }
    }

    @Test
    void refusedClient_isAnError() throws Exception {
        try (var sseLoadGenerator = watchers()) {
            assertThatThrownBy(() -> sseLoadGenerator.add(List.of("/nowhere")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private SseLoadGenerator watchers() throws IOException {
        return new SseLoadGenerator(
                server.getAddress().getPort(), (watcher, event, id, _) -> told.add(watcher + " " + event + " " + id));
    }
}
