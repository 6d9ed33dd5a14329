package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.system.Watcher.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deregisters an instance whose removal the read model can't fold. */
@Tag("integration")
class DeadLettersTest {

    private static final int DISCOVERIES = 200;
    private static final String DISCOVER = "/api/v1/discover?service_name=parking";

    @TempDir
    Path directory;

    @Test
    void deregisteredInstance_withParkedRemoval_isNotDiscovered() throws Exception {
        try (var registry = RunningRegistry.start(directory)) {
            registry.post("/api/v1/services", RegistryStoryTest.body("p-1", "parking", 3_600));
            registry.post("/api/v1/services", RegistryStoryTest.body("p-2", "parking", 3_600));
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> discovered(registry, DISCOVER).size() == 2);
            try (var watcher = new Watcher(registry, "parking", null)) {
                watcher.next();
                poison(registry, "ADD CONSTRAINT poison CHECK (gone IS NULL) NOT VALID");

                long gone = registry.delete("/api/v1/services/p-2").position();

                int believed = 0;
                for (int i = 0; i < DISCOVERIES; i++) {
                    believed += discovered(registry, DISCOVER + "&min_position=" + gone)
                                    .contains("p-2")
                            ? 1
                            : 0;
                }
                System.out.printf(
                        "Removal parked: discovered %d times of %d, answer by id %s%n",
                        believed,
                        DISCOVERIES,
                        registry.get("/api/v1/services/p-2").code());
                assertThat(believed).isZero();
                assertThat(watcher.next()).isEqualTo(new Event("change", gone));
                assertThat(registry.get("/api/v1/services/p-2").code()).isEqualTo("not_yet_visible");
                assertThat(registry.get("/api/v1/services?service_name=parking&min_position=" + gone)
                                .code())
                        .isEqualTo("not_yet_visible");
                var listed =
                        registry.get("/api/v1/services?service_name=parking").body();
                assertThat(listed.at("/data/services/1/parked").asBoolean()).isTrue();
                // The status is polled once a second.
                await().atMost(RunningRegistry.PATIENCE)
                        .until(() -> registry.get("/api/v1/status")
                                .body()
                                .at("/data/projections")
                                .valueStream()
                                .anyMatch(model -> model.at("/state").asString().equals("degraded: parked_facts")));

                poison(registry, "DROP CONSTRAINT poison");
                registry.post("/api/v1/admin/dead-letters/" + gone + "/retry", "{}");
                assertThat(registry.get("/api/v1/services/p-2").status()).isEqualTo(404);
            }
        }
    }

    private static List<String> discovered(RunningRegistry registry, String path) throws IOException {
        return registry.get(path)
                .body()
                .at("/data/services")
                .valueStream()
                .map(service -> service.at("/id").asString())
                .toList();
    }

    private static void poison(RunningRegistry registry, String change) throws SQLException {
        try (var connection = registry.store().connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE models.instance_versions " + change);
        }
    }
}
