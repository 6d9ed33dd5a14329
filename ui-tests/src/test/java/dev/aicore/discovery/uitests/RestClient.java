package dev.aicore.discovery.uitests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to the API of one server. */
final class RestClient {

    private static final JsonMapper JSON = new JsonMapper();

    /** Repeats of a read that was refused because the machine is too busy for the database. */
    private static final int MAX_REPEATS = 5;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final @Nullable String authorization;

    RestClient(String base, @Nullable String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** Sends a request and returns the answer's body; fails unless the answer is a success. */
    JsonNode send(String method, String path, @Nullable String body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            for (int i = 0; i < MAX_REPEATS && method.equals("GET") && response.statusCode() == 503; i++) {
                response = http.send(request.build(), BodyHandlers.ofString());
            }
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + " was answered with " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a write and returns its position. */
    long write(String method, String path, String body) {
        return send(method, path, body).at("/meta/position").asLong();
    }
}
