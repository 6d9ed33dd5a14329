package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verifies the fields of the structured log of a running registry. */
@Tag("integration")
class StructuredLogTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRACE_PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    @TempDir
    Path directory;

    @Test
    void writes_areLoggedWithTheIdsOfTheirRequests() throws Exception {
        var log = directory.resolve("own.log");
        try (var registry = RunningRegistry.start(
                directory,
                List.of(
                        "--service-discovery.monitoring.logging.file=" + log,
                        "--service-discovery.monitoring.logging.format=ecs",
                        "--service-discovery.monitoring.tracing.enabled=true",
                        "--service-discovery.monitoring.tracing.jaeger-endpoint=http://127.0.0.1:9/v1/traces"))) {
            var reply = registry.send(
                    "POST",
                    "/api/v1/services",
                    RegistryStoryTest.body("orders-1", "orders", 3_600),
                    "traceparent",
                    TRACE_PARENT,
                    "X-Request-Id",
                    "req-7");
            assertThat(reply.status()).isEqualTo(201);
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> lines(log).stream()
                            .anyMatch(line -> line.at("/log_event").asString().equals("registered")));
            var line = lines(log).stream()
                    .filter(each -> each.at("/log_event").asString().equals("registered"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line.at("/log/level").asString()).isEqualTo("INFO");
            assertThat(line.at("/service_name").asString()).isEqualTo("orders");
            assertThat(line.at("/instance_id").asString()).isEqualTo("orders-1");
            assertThat(line.at("/position").asLong()).isEqualTo(reply.position());
            assertThat(line.at("/request_id").asString()).isEqualTo("req-7");
            assertThat(line.at("/trace_id").asString()).isEqualTo(TRACE);
            assertThat(line.at("/span_id").asString())
                    .isNotEqualTo("b7ad6b7169203331")
                    .hasSize(16);

            var problem = registry.send("GET", "/api/v1/services/none", "", "traceparent", TRACE_PARENT);
            assertThat(problem.status()).isEqualTo(404);
            assertThat(problem.body().at("/trace_id").asString()).isEqualTo(TRACE);
        }
    }

    private static List<JsonNode> lines(Path log) throws IOException {
        return Files.readString(log)
                .lines()
                .filter(line -> line.endsWith("}"))
                .map(JSON::readTree)
                .toList();
    }
}
