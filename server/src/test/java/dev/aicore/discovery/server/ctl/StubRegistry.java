package dev.aicore.discovery.server.ctl;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gives prepared answers in order, and records the requests. */
final class StubRegistry implements AutoCloseable {

    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> answers;
    private final HttpServer server;

    StubRegistry(String... answers) {
        this.answers = new ConcurrentLinkedQueue<>(List.of(answers));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            var answer = this.answers.remove().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    /** Returns the environment variables of a client. */
    Map<String, String> environment() {
        return Map.of(
                "SERVICE_DISCOVERY_URL",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
