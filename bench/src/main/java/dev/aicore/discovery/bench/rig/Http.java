package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.locks.LockSupport;

/** Asks a registry of this machine over HTTP. */
public final class Http implements AutoCloseable {

    private static final int OK = 200;
    private static final long LOOK_NANOS = 5_000_000;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    /**
     * Asks nothing yet.
     *
     * @param port on 127.0.0.1
     */
    public Http(int port) {
        this.port = port;
    }

    private int get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    /**
     * Asks until the answer is good.
     *
     * @throws IllegalStateException if it isn't within half a minute
     */
    public void await(String path) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + PATIENCE_NANOS; get(path) != OK; LockSupport.parkNanos(LOOK_NANOS)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("No good answer from " + path + ".");
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
