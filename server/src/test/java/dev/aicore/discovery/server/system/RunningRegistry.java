package dev.aicore.discovery.server.system;

import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server in a process of its own, to be talked to over HTTP and to be killed. */
final class RunningRegistry implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String READY = "Service Discovery is ready on ";

    private final Process process;
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private RunningRegistry(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /** An answer: the body is an empty node if there is none. */
    record Reply(int status, JsonNode body) {}

    static RunningRegistry start(Path dataDir) throws IOException {
        return start(dataDir, List.of());
    }

    /** @param options of the command line, besides port and data directory */
    static RunningRegistry start(Path dataDir, List<String> options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ServiceDiscovery.class.getName(),
                "--service-discovery.server.port=0",
                "--service-discovery.data-dir=" + dataDir.resolve("data")));
        command.addAll(options);
        var process = new ProcessBuilder(command)
                .redirectError(dataDir.resolve("registry.log").toFile())
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new RunningRegistry(process, line.substring(READY.length()));
            }
        }
        throw new IOException("The registry did not start; see " + dataDir.resolve("registry.log"));
    }

    Reply get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    Reply post(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    Reply delete(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).DELETE());
    }

    /** As {@code kill -9} does. Its PostgreSQL is left behind. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            var body = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
            return new Reply(response.statusCode(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
