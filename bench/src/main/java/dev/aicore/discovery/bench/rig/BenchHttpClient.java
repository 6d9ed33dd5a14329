package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Sends requests to a server on this machine and blocks for each answer. */
public final class BenchHttpClient implements AutoCloseable {

    private static final int OK = 200;
    private static final long POLL_NANOS = 5_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    /**
     * Creates the client; sends nothing yet.
     *
     * @param port port on 127.0.0.1
     */
    public BenchHttpClient(int port) {
        this.port = port;
    }

    /** Sends a GET request, for JSON if the server has several representations. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                request(path).header("Accept", "application/json, */*;q=0.5").build(), BodyHandlers.ofString());
    }

    /** Sends a body of JSON. */
    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    /** Sends a body of JSON; thread-safe. */
    public HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    /** Sends a DELETE request; thread-safe. */
    public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return client.send(request(path).DELETE().build(), BodyHandlers.ofString());
    }

    /**
     * Repeats a request until its answer is 200.
     *
     * @throws IllegalStateException if it isn't within 30 s
     */
    public void await(String path) throws IOException, InterruptedException {
        await(path, TIMEOUT);
    }

    /**
     * Repeats a request until its answer is 200.
     *
     * @throws IllegalStateException if it isn't within {@code patience}
     */
    public void await(String path, Duration patience) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + patience.toNanos();
                get(path).statusCode() != OK;
                LockSupport.parkNanos(POLL_NANOS)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Failed request to " + path + ".");
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
