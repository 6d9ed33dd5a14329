package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the alerts and dashboards of {@code deploy/monitoring} with Prometheus' own programs. */
@Tag("integration")
class MonitoringTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path ALERTS = Dashboards.DIRECTORY.resolve("alerts.yaml");

    @TempDir
    Path directory;

    @Test
    void alerts_fireByTheirFaultOnly() throws IOException {
        assertThat(InstalledProgram.run(
                        "promtool",
                        "test",
                        "rules",
                        Dashboards.DIRECTORY.resolve("alerts-test.yaml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void configurationsAndRules_areValid() throws IOException {
        for (var file : List.of("prometheus.yaml", "prometheus-compose.yaml")) {
            assertThat(InstalledProgram.run(
                            "promtool",
                            "check",
                            "config",
                            Dashboards.DIRECTORY.resolve(file).toString()))
                    .contains("prometheus config file syntax", "rules found")
                    .doesNotContain("FAILED");
        }
    }

    @Test
    void alerts_haveTestsAndRunBookEntries() throws IOException {
        var tested = new TreeSet<String>();
        yaml(Dashboards.DIRECTORY.resolve("alerts-test.yaml"))
                .path("tests")
                .forEach(test -> tested.add(test.path("name").asString()));
        var runBook = Files.readString(Path.of("..", "docs", "operations.md"));

        assertThat(yaml(ALERTS).at("/groups/0/rules")).isNotEmpty().allSatisfy(rule -> {
            var name = rule.path("alert").asString();
            assertThat(tested).contains(name);
            assertThat(runBook).contains("\n#### " + name + "\n");
            assertThat(rule.at("/annotations/runbook").asString()).endsWith("#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void panelsAndAlerts_haveDataOfRunningRegistry() throws IOException, InterruptedException {
        try (var registry = RunningRegistry.start(directory)) {
            int port = RunningRegistry.freePort();
            var configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                    global: {scrape_interval: 1s, evaluation_interval: 1s}
                    rule_files: ["%s"]
                    scrape_configs:
                      - job_name: service-discovery
                        static_configs: [{targets: ["%s"]}]
                    """.formatted(
                    ALERTS.toAbsolutePath(), URI.create(registry.address()).getAuthority()));
            try (var prometheus = InstalledProgram.start(
                    directory.resolve("prometheus.log"),
                    "prometheus",
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + directory.resolve("prometheus"),
                    "--web.listen-address=127.0.0.1:" + port)) {
                assertThat(prometheus).isNotNull();
                await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                    request(registry);
                    assertThat(panelsWithoutData(port)).isEmpty();
                });
                assertThat(JSON.readTree(fetch(port, "/api/v1/rules")).findValuesAsString("health"))
                        .isNotEmpty()
                        .containsOnly("ok");
                assertThat(JSON.readTree(fetch(port, "/api/v1/alerts")).findValuesAsString("state"))
                        .doesNotContain("firing");
            }
        }
    }

    /** Sends one request of each kind that a panel shows. */
    private static void request(RunningRegistry registry) throws IOException {
        registry.post(
                "/api/v1/services",
                "{\"id\": \"m-1\", \"name\": \"monitored\", \"address\": \"127.0.0.1\", \"port\": 9, \"ttl\": 3600}");
        registry.post("/api/v1/services/m-1/heartbeat", "");
        registry.get("/api/v1/discover?service_name=monitored");
        registry.get("/eureka/apps/MONITORED");
    }

    private static List<String> panelsWithoutData(int port) throws IOException, InterruptedException {
        var empty = new ArrayList<String>();
        for (var query : Dashboards.read().queries()) {
            var answer = JSON.readTree(fetch(
                    port, "/api/v1/query?query=" + URLEncoder.encode(query.expression(), StandardCharsets.UTF_8)));
            if (!answer.path("status").asString().equals("success")
                    || (answer.at("/data/result").isEmpty() && !query.sparse())) {
                empty.add(query.panel() + ": " + query.expression() + ": " + answer);
            }
        }
        return empty;
    }

    private static JsonNode yaml(Path file) throws IOException {
        try (var text = Files.newBufferedReader(file)) {
            return JSON.valueToTree(new Yaml().load(text));
        }
    }

    private static String fetch(int port, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
