package dev.aicore.discovery.client.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.client.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** HTTP server of a test registry, with the JDK's own server. */
final class TestRegistryServer implements AutoCloseable {

    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_REQUESTS = 10_000;
    private static final String WATCH = "/api/v1/watch";

    static {
        // Otherwise each answer over a kept connection waits 40 ms for an acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final RegistryStore store;
    private final RegistryRoutes routes;
    private final RegistryFaults faults;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> principals = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "test-registry");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable HttpServer server;
    private int port;

    TestRegistryServer(RegistryStore store, RegistryRoutes routes, RegistryFaults faults) {
        this.store = store;
        this.routes = routes;
        this.faults = faults;
        start();
    }

    /** Listens, at the same port as before. */
    synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            started.setExecutor(threads);
            started.createContext("/", this::handle);
            started.start();
            port = started.getAddress().getPort();
            server = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses connections, and closes the present ones. */
    synchronized void stop() {
        faults.cut();
        var running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
    }

    int port() {
        return port;
    }

    List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    Map<String, String> principals() {
        return principals;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var recorded = record(exchange);
        if (requests.size() < MAX_REQUESTS) {
            requests.add(recorded);
        }
        try {
            faults.apply();
            var request = RouteRequest.of(recorded, exchange.getRequestURI().getRawPath(), caller(recorded));
            if (recorded.method().equals("GET") && recorded.path().equals(WATCH)) {
                watch(exchange, request);
            } else {
                succeed(exchange, routes.answer(request));
            }
        } catch (Refusal e) {
            fail(exchange, e, recorded.path());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(exchange, Refusal.of(500, "internal", e.toString()), recorded.path());
        } finally {
            exchange.close();
        }
    }

    private static RecordedRequest record(HttpExchange exchange) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        String query = exchange.getRequestURI().getRawQuery();
        return new RecordedRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                headers,
                new String(body, UTF_8));
    }

    private String caller(RecordedRequest request) {
        if (request.body().length() > MAX_BODY) {
            throw Refusal.of(413, "body_too_large", "The body exceeds 65536 bytes.");
        }
        if (principals.isEmpty()) {
            return RegistryRoutes.ADMIN;
        }
        String principal = principals.get(request.headers().getOrDefault("x-api-key", ""));
        if (principal == null) {
            throw Refusal.of(401, "unauthorized", "The API key is unknown.");
        }
        return principal;
    }

    private void watch(HttpExchange exchange, RouteRequest request) throws IOException, InterruptedException {
        long epoch = faults.epoch();
        var writer = new WatchWriter(store, request, routes.isOlder());
        headers(exchange, "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        // Sends the head, which the server may keep until the first byte of the body.
        exchange.getResponseBody().flush();
        writer.write(
                exchange.getResponseBody(),
                () -> faults.epoch() != epoch,
                () -> faults.isMuted() || faults.isStreamless());
    }

    private void succeed(HttpExchange exchange, RouteReply reply) throws IOException {
        var meta = new LinkedHashMap<String, Object>();
        meta.put("position", store.position());
        meta.put("at", RegistryStore.text(store.now()));
        meta.putAll(reply.meta());
        if (reply.meta().get("index") != null) {
            exchange.getResponseHeaders()
                    .set("X-Registry-Index", String.valueOf(reply.meta().get("index")));
        }
        if (reply.location() != null) {
            exchange.getResponseHeaders().set("Location", reply.location());
        }
        headers(exchange, "application/json");
        send(exchange, reply.status(), Map.of("success", true, "data", reply.data(), "meta", meta));
    }

    private void fail(HttpExchange exchange, Refusal refusal, String path) throws IOException {
        if (refusal.status() == 503 || refusal.status() == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        headers(exchange, "application/problem+json");
        send(exchange, refusal.status(), refusal.problem(path, UUID.randomUUID().toString()));
    }

    private void headers(HttpExchange exchange, String type) {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Registry-Store", store.id());
        exchange.getResponseHeaders().set("X-Registry-Position", Long.toString(store.position()));
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JsonWriter.write(body).getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
