package dev.aicore.discovery.server.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Watches a service over HTTP, event by event. */
final class Watcher implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BufferedReader lines;

    /** @param after id of the last received event; null to begin with a snapshot */
    Watcher(RunningRegistry registry, String service, @Nullable Long after) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(registry.address() + "/api/v1/watch?service_name=" + service))
                .timeout(RunningRegistry.PATIENCE);
        if (after != null) {
            request.header("Last-Event-ID", after.toString());
        }
        var response = http.send(request.build(), BodyHandlers.ofInputStream());
        InputStream body = response.body();
        if (response.statusCode() != 200) {
            throw new IOException(
                    response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Event with its name and position. */
    record Event(String name, long position) {}

    /** Blocks for the next event. */
    Event next() throws IOException {
        String name = "";
        long position = -1;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("id: ")) {
                position = Long.parseLong(line.substring("id: ".length()));
            } else if (line.isEmpty()) {
                return new Event(name, position);
            }
        }
        throw new IOException("The stream has ended.");
    }

    /** Disconnects at once. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
