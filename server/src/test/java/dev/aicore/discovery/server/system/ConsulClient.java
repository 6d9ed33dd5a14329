package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests as Consul's clients do, and keeps the answers as text. */
final class ConsulClient implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    ConsulClient(String address) {
        this.address = address;
    }

    /** Answer of a request. */
    record Answer(int status, HttpHeaders headers, String text) {

        /** Returns the body as JSON. Fails with the sentence of a refusal, which is plain text. */
        JsonNode json() {
            assertThat(sentence()).as("refusal with status %d", status).isEmpty();
            return JSON.readTree(text);
        }

        long index() {
            return headers.firstValueAsLong("X-Consul-Index").orElse(0);
        }

        /** Returns the sentence of a refusal; empty if it isn't plain text. */
        String sentence() {
            boolean plain = headers.firstValue("Content-Type").orElse("").startsWith("text/plain");
            return plain ? text : "";
        }

        private static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), response.headers(), response.body());
        }
    }

    Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    Answer put(String path, String body) throws IOException {
        return send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    Answer put(String path) throws IOException {
        return send(request(path).PUT(BodyPublishers.noBody()));
    }

    Answer send(String method, String path, String headerName, String headerValue) throws IOException {
        return send(request(path).method(method, BodyPublishers.noBody()).header(headerName, headerValue));
    }

    CompletableFuture<Answer> getLater(String path) {
        return http.sendAsync(request(path).GET().build(), BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    /** Returns the statuses of the checks of all instances of a service. */
    List<String> statuses(String service) throws IOException {
        return get("/v1/health/checks/" + service)
                .json()
                .valueStream()
                .map(check -> check.path("Status").asString(""))
                .toList();
    }

    /** Returns the ids of the instances that pass. */
    List<String> passing(String service) throws IOException {
        return get("/v1/health/service/" + service + "?passing")
                .json()
                .valueStream()
                .map(entry -> entry.at("/Service/ID").asString(""))
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(RunningRegistry.PATIENCE);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
