package dev.aicore.discovery.server.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads, writes and watches the configuration of one service. */
final class ConfigurationClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ConfigurationClient(RunningRegistry registry, String service) {
        url = registry.address() + "/api/v1/configurations/" + service;
    }

    /** Response. */
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode body() {
            return JSON.readTree(response.body());
        }

        String data(String pointer) {
            return body().at("/data" + pointer).asString();
        }

        String code() {
            return body().path("code").asString();
        }

        long position() {
            return body().at("/meta/position").asLong();
        }

        @Nullable
        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    /**
     * Sends a request and blocks for the answer.
     *
     * @param path path below the configuration's, with the query
     * @param headers names and values
     */
    Reply ask(String method, String path, @Nullable String body, String... headers) {
        return begin(method, path, body, headers).join();
    }

    CompletableFuture<Reply> begin(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(RunningRegistry.PATIENCE.multipliedBy(2))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Reply::new);
    }

    /** Opens a stream of the changes after a position. */
    Stream stream(long after) throws IOException, InterruptedException {
        return new Stream(url, after);
    }

    /** Stream of changes. */
    static final class Stream implements AutoCloseable {

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final BufferedReader lines;

        private Stream(String url, long after) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(RunningRegistry.PATIENCE)
                    .header("Accept", "text/event-stream")
                    .header("Last-Event-ID", Long.toString(after));
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
        }

        /** Blocks for the next change, and returns its position. */
        long next(List<String> told) throws IOException {
            String name = "";
            long position = -1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    position = Long.parseLong(line.substring("id: ".length()));
                } else if (line.startsWith("data: ") && name.equals("change")) {
                    var data = JSON.readTree(line.substring("data: ".length()));
                    told.add(name + " " + data.at("/configuration/configuration"));
                    return position;
                }
            }
            throw new IOException("The stream has ended.");
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
