package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies that no request blocks an event loop, and that a blocking call would be detected. */
@Tag("integration")
class EventLoopsTest {

    private static final String FOUND = "BlockingOperationError: Blocking call!";

    @TempDir
    static Path directory;

    @Test
    void blockingCall_isDetectedOnlyOnBlockingRoute() throws IOException {
        try (var registry = RunningRegistry.startWatched(directory)) {
            var registered = registry.post("/api/v1/services", RegistryStoryTest.body("one", "loops", 86_400));
            assertThat(registered.status()).isEqualTo(201);
            var position = registered.body().at("/meta/position").asString();
            // The first read opens a connection, which may take too long in a JVM that has just started.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> registry.get("/api/v1/services/one?wait=20s&min_position=" + position)
                                    .status()
                            == 200);
            for (var path : new String[] {
                "/api/v1/services?service_name=loops&status=healthy",
                "/api/v1/services/loops/instances",
                "/api/v1/service-names",
                "/api/v1/services/one/history",
                "/api/v1/discover?service_name=loops",
                "/api/v1/discover?service_name=loops&load_balancing_strategy=random",
                "/api/v1/discover?service_name=loops&index=0",
                "/api/v1/load-balancer/loops/stats",
                "/api/v1/status",
                "/health?deep=true"
            }) {
                assertThat(registry.get(path).status()).as(path).isEqualTo(200);
            }
            assertThat(registry.put("/api/v1/configurations/loops/schema", "{\"required\":[\"a\"]}")
                            .status())
                    .isEqualTo(201);
            registry.put("/api/v1/configurations/loops", "{\"a\":1}");
            var configured = registry.put("/api/v1/configurations/loops", "{\"a\":2}");
            for (var path : new String[] {"", "?index=1", "/versions", "/versions/1", "/diff?from=1&to=2", "/schema"}) {
                var uri = "/api/v1/configurations/loops" + path;
                var waiting = path.contains("index")
                        ? uri
                        : uri + (path.contains("?") ? "&" : "?") + "wait=20s&min_position=" + configured.position();
                assertThat(registry.get(waiting).status()).as(uri).isEqualTo(200);
            }
            assertThat(registry.post("/api/v1/services/one/heartbeat", "{\"active_connections\":3}")
                            .status())
                    .isEqualTo(200);
            assertThat(registry.post("/api/v1/services", "{").status()).isEqualTo(400);
            for (var path : new String[] {
                "/api/v1/services?at=" + position,
                "/api/v1/services/one?at=" + position,
                "/api/v1/service-names?at=" + position,
                "/api/v1/discover?service_name=loops&at=" + position,
                "/api/v1/configurations/loops?at=" + configured.position(),
                "/api/v1/audit?service_name=loops&order=desc",
                "/api/v1/diff?from=" + position,
                "/api/v1/explain?service_name=loops&id=one",
                "/api/v1/services/loops/uptime",
                "/api/v1/services/loops/timeline.svg",
                "/api/v1/events?follow=false",
                "/api/v1/admin/projections",
                "/api/v1/admin/projections/instances",
                "/api/v1/admin/retention"
            }) {
                assertThat(registry.get(path).status()).as(path).isEqualTo(200);
            }
            assertThat(registry.post("/api/v1/services/loops/restore", "{\"at\":\"" + position + "\",\"dry_run\":true}")
                            .status())
                    .isEqualTo(200);
            assertThat(registry.post("/api/v1/admin/projections/all/verify", "{}")
                            .status())
                    .isEqualTo(202);
            assertThat(registry.post("/api/v1/admin/retention", "{}").status()).isEqualTo(200);
            assertThat(registry.delete("/api/v1/load-balancer/loops/stats").status())
                    .isEqualTo(200);
            assertThat(registry.delete("/api/v1/services/one").status()).isEqualTo(200);
            assertThat(log()).doesNotContain(FOUND);

            assertThat(registry.get(BlockHoundRegistry.BLOCKING).status()).isEqualTo(500);
            assertThat(log()).contains(FOUND);
        }
    }

    private static String log() throws IOException {
        return Files.readString(directory.resolve("registry.log"));
    }
}
