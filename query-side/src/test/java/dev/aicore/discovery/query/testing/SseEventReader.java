package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.web.ApiJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Client that watches and waits for one event after another. */
public final class SseEventReader implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /**
     * Starts to watch.
     *
     * @param lastEventId sent in the header; null if none
     */
    public SseEventReader(String address, @Nullable String lastEventId) {
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            response = http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** Event as it was sent. */
    public record Event(String name, long id, JsonNode data) {}

    /** Returns the response that began the stream. */
    public HttpResponse<?> response() {
        return response;
    }

    /** Waits for the next event; null once the stream has ended. */
    public @Nullable Event next() throws IOException {
        String name = "";
        String id = "";
        String data = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return new Event(name, Long.parseLong(id), ApiJson.mapper().readTree(data));
            }
            var value = line.substring(line.indexOf(':') + 2);
            switch (line.substring(0, line.indexOf(':'))) {
                case "event" -> name = value;
                case "id" -> id = value;
                default -> data = value;
            }
        }
        return null;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
