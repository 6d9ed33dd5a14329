package dev.aicore.discovery.server.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends writes with idempotency keys. */
final class IdempotentClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final RunningRegistry registry;
    private final String[] headers;

    /** @param headers names and values of additional headers, such as credentials */
    IdempotentClient(RunningRegistry registry, String... headers) {
        this.registry = registry;
        this.headers = headers;
    }

    /** Answer as it was sent. */
    record Answer(
            int status,
            String body,
            boolean replayed,
            String retryAfter,
            String location,
            String tag,
            String position) {

        /** Returns this answer as a replayed one. */
        Answer again() {
            return new Answer(status, body, true, retryAfter, location, tag, position);
        }

        String code() {
            return json().at("/code").asString();
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    Answer register(String key, String json) throws IOException {
        return send(registration(key, json));
    }

    /** Registers without an idempotency key. */
    Answer register(String json) throws IOException {
        return send(json(request("/api/v1/services"), json));
    }

    CompletableFuture<Answer> beginToRegister(String key, String json) {
        return http.sendAsync(registration(key, json), BodyHandlers.ofString()).thenApply(IdempotentClient::answer);
    }

    Answer update(String key, String id, String json) throws IOException {
        var request = request("/api/v1/services/" + id, key)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json))
                .build();
        return send(request);
    }

    Answer deregister(String key, String id) throws IOException {
        return send(request("/api/v1/services/" + id, key).DELETE().build());
    }

    Answer restore(String key, String service, String json) throws IOException {
        return send(post("/api/v1/services/" + service + "/restore", key, json));
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            return answer(http.send(request, BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpRequest registration(String key, String json) {
        return post("/api/v1/services", key, json);
    }

    private HttpRequest post(String path, String key, String json) {
        return json(request(path, key), json);
    }

    private static HttpRequest json(HttpRequest.Builder request, String json) {
        return request.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest.Builder request(String path, String key) {
        return request(path).header("Idempotency-Key", key);
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(registry.address() + path)).timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer answer(HttpResponse<String> response) {
        var headers = response.headers();
        return new Answer(
                response.statusCode(),
                response.body(),
                headers.firstValue("Idempotency-Replayed").isPresent(),
                headers.firstValue("Retry-After").orElse(""),
                headers.firstValue("Location").orElse(""),
                headers.firstValue("ETag").orElse(""),
                headers.firstValue("X-Registry-Position").orElse(""));
    }
}
