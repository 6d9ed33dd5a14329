package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the names of all metrics with Prometheus' linter, and that no caller can add time series without bound. */
@Tag("integration")
class MetricLabelsTest {

    private static final int FLOOD = 500;

    /**
     * Names that break Prometheus' rules: two that the registry must not change, and one of Micrometer that dashboards
     * of any JVM expect.
     */
    private static final List<String> ODD_NAMES = List.of(
            "service_discovery_services_total ", "service_discovery_load_balancer_requests ", "system_cpu_count ");

    @TempDir
    Path directory;

    @Test
    void metrics_areCleanAndBounded() throws IOException {
        try (var registry = RunningRegistry.start(directory)) {
            flood(registry, 0, 20);
            long before = series(registry);
            flood(registry, 20, FLOOD);
            assertThat(series(registry) - before).isLessThan(FLOOD / 10);

            assertThat(InstalledProgram.run("promtool", "--version")).contains("promtool");
            var file = Files.writeString(directory.resolve("metrics.txt"), metrics(registry));
            var complaints = InstalledProgram.run("sh", "-c", "promtool check metrics < " + file)
                    .lines()
                    .filter(line -> ODD_NAMES.stream().noneMatch(line::startsWith))
                    .toList();
            assertThat(complaints).isEmpty();
        }
    }

    /** Sends requests with names, ids, paths and methods that callers make up. */
    private static void flood(RunningRegistry registry, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            registry.get("/api/v1/discover?service_name=made-up-" + i);
            registry.get("/api/v1/services/made-up-" + i);
            registry.get("/made/up/" + i);
            registry.post("/api/v1/services/made-up-" + i + "/heartbeat", "");
            registry.send("M" + i, "/api/v1/services", "");
        }
    }

    private static long series(RunningRegistry registry) throws IOException {
        return metrics(registry).lines().filter(line -> !line.startsWith("#")).count();
    }

    private static String metrics(RunningRegistry registry) throws IOException {
        return registry.text("/metrics", "Accept", "text/plain");
    }
}
