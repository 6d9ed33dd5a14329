package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The installed etcd, with one member on loopback, used over its JSON gateway. A test is skipped without it. */
final class EtcdGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;
    private final String endpoint = "http://127.0.0.1:" + RunningRegistry.freePort();
    private final String peer = "http://127.0.0.1:" + RunningRegistry.freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private InstalledProgram server;

    private EtcdGateway(Path directory) throws IOException {
        this.directory = directory;
        this.server = launch();
    }

    /** Starts an empty etcd; returns once it answers. */
    static EtcdGateway start(Path directory) throws IOException {
        var started = new EtcdGateway(directory);
        started.awaitAnswer();
        return started;
    }

    private InstalledProgram launch() throws IOException {
        return InstalledProgram.start(
                directory.resolve("etcd.log"),
                "etcd",
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + endpoint,
                "--advertise-client-urls=" + endpoint,
                "--listen-peer-urls=" + peer,
                "--unsafe-no-fsync");
    }

    private void awaitAnswer() {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            var _ = entries("/");
        });
    }

    /** Kills etcd like {@code kill -9}. */
    void kill() {
        server.kill();
    }

    /** Starts etcd again with its data, at its address; returns once it answers. */
    void restart() throws IOException {
        server = launch();
        awaitAnswer();
    }

    String endpoint() {
        return endpoint;
    }

    /** Stores an instance with a key such as {@code /services/orders/1}. */
    void register(String key, String address) throws IOException, InterruptedException {
        var value = "{\"address\": \"" + address + "\", \"port\": 80}";
        var _ = call("put", "{\"key\": \"" + base64(key) + "\", \"value\": \"" + base64(value) + "\"}");
    }

    void deregister(String key) throws IOException, InterruptedException {
        var _ = call("deleterange", "{\"key\": \"" + base64(key) + "\"}");
    }

    /** Returns the entries below a prefix that ends with a slash: what etcd tells of them, by their keys without it. */
    Map<String, JsonNode> entries(String prefix) throws IOException, InterruptedException {
        var end = prefix.substring(0, prefix.length() - 1) + '0';
        var found = call("range", "{\"key\": \"" + base64(prefix) + "\", \"range_end\": \"" + base64(end) + "\"}");
        var entries = new TreeMap<String, JsonNode>();
        for (var entry : found.path("kvs")) {
            var key = new String(Base64.getDecoder().decode(entry.path("key").asString()), StandardCharsets.UTF_8);
            entries.put(key.substring(prefix.length()), entry);
        }
        return entries;
    }

    private JsonNode call(String method, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(endpoint + "/v3/kv/" + method))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
    }
}
