package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.GoldenFile;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Registry of which every feature has been used. */
abstract class RuntimeNamesFixture {

    static final JsonMapper JSON = new JsonMapper();
    static final AtomicInteger KEYS = new AtomicInteger();

    @TempDir
    static Path directory;

    static ConfigurableApplicationContext server;
    static EmbeddedStore store;
    static EmbeddedCache cache;
    static long position;

    /** Members of answers, with method and path. */
    static final Set<String> ANSWERED = new TreeSet<>();

    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void startAndUse() throws Exception {
        var dataDir = directory.resolve("data");
        server = ServiceDiscovery.application()
                .run(
                        "--service-discovery.server.port=0",
                        "--service-discovery.data-dir=" + dataDir,
                        "--service-discovery.projections.last-seen-interval=1s");
        store = new EmbeddedStore(dataDir);
        cache = EmbeddedCache.of(dataDir);
        use("POST", "/api/v1/services", """
                {"id": "a", "name": "orders", "version": "1.0.0", "address": "127.0.0.1", "port": 1, "protocol": "http", "weight": 50,
                 "ttl": 3600, "metadata": {"region": "eu"}, "tags": ["blue"], "zone": "z",
                 "health_check": {"check_type": "tcp", "interval": 3600, "timeout": 1, "failure_threshold": 1}}""");
        use("POST", "/api/v1/services/a/heartbeat", "{\"active_connections\": 3}");
        use("POST", "/api/v1/services/a/health", "{}");
        use("PUT", "/api/v1/services/a", "{\"status\": \"maintenance\", \"reason\": \"a new disk\"}");
        use("PUT", "/api/v1/services/a", "{\"status\": \"active\"}");
        use("PUT", "/api/v1/configurations/orders", "{\"size\": 3}");
        use("PUT", "/api/v1/configurations/orders/schema", "{\"type\": \"object\"}");
        use(
                "POST",
                "/api/v1/services",
                "{\"id\": \"b\", \"name\": \"orders\", \"address\": \"127.0.0.1\", \"port\": 2}");
        var last = use("DELETE", "/api/v1/services/b", "");
        position = JSON.readTree(last.body()).at("/meta/position").asLong();
        send("GET", "/api/v1/services?wait=30s&min_position=" + position, "");
        send("GET", "/api/v1/services/orders/instances?wait=30s&at=" + position, "");
        send("GET", "/api/v1/discover?service_name=orders", "");
        HTTP.send(request("/api/v1/services").header("X-API-Key", "wrong").build(), BodyHandlers.discarding());
        cache.awaitDocuments(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> store.number("""
                SELECT count(*) FROM models.watermarks, models.check_results, models.audit
                WHERE projection = 'last_seen' AND evidence IS NOT NULL""") > 0);
    }

    @AfterAll
    static void stop() {
        cache.close();
        server.close();
    }

    static HttpResponse<String> use(String method, String path, String body) throws IOException, InterruptedException {
        var answer = send(method, path, body);
        GoldenFile.members(JSON.readTree(answer.body()))
                .forEach(member -> ANSWERED.add(method + " " + path.replaceFirst("[?].*", "") + " " + member));
        return answer;
    }

    static HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        var request = request(path).header("Content-Type", "application/json");
        if (!method.equals("GET")) {
            request.header("Idempotency-Key", "key-" + KEYS.incrementAndGet());
        }
        var answer =
                HTTP.send(request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 299);
        return answer;
    }

    static HttpRequest.Builder request(String path) {
        var port = server.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
