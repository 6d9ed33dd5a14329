package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.system.RunningRegistry.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Silences nine tenths of a service at once: self-preservation holds them back, explains that, and ends. */
@Tag("integration")
@Tag(FaultTestSize.TAG)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class MassSilenceTest {

    private static final int INSTANCES = FaultTestSize.of(200, 1_000);
    private static final int LIVING = INSTANCES / 10;
    private static final int CLIENTS = 20;
    /** In seconds. */
    private static final int TTL = FaultTestSize.of(8, 20);

    private static final Duration LONGEST = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void massSilence_entersSelfPreservationAndFinallyExpiresSilentInstances() throws Exception {
        var options = List.of(
                "--service-discovery.registry.registration.grace-period=1s",
                "--service-discovery.registry.registration.revive-window=0");
        try (var registry = RunningRegistry.start(directory, options);
                var beats = Executors.newSingleThreadScheduledExecutor()) {
            // They send heartbeats before they are registered, because registering all may take longer than a TTL.
            var living = IntStream.range(0, LIVING)
                    .mapToObj(i -> "\"many-" + i + "\"")
                    .collect(Collectors.joining(",", "{\"ids\": [", "]}"));
            var _ = beats.scheduleAtFixedRate(() -> beat(registry, living), 0, 1, TimeUnit.SECONDS);
            try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
                var registrations = IntStream.range(0, INSTANCES)
                        .<Callable<Reply>>mapToObj(i -> () ->
                                registry.post("/api/v1/services", RegistryStoryTest.body("many-" + i, "many", TTL)))
                        .toList();
                assertThat(clients.invokeAll(registrations))
                        .allSatisfy(reply -> assertThat(reply.get().status()).isEqualTo(201));
            }

            await().atMost(LONGEST).until(() -> facts(registry, "PreservationEntered") > 0);
            await().atMost(LONGEST)
                    .untilAsserted(() -> assertThat(explanation(registry))
                            .as("the status explains the self-preservation")
                            .contains("instances are overdue", "Cause: "));
            await().atMost(LONGEST).until(() -> listed(registry) == LIVING);

            long expired = facts(registry, "LeaseExpired");
            long overdue = facts(registry, "LeaseOverdue");
            System.out.printf("mass silence: %d held back of %d that expired%n", overdue, expired);
            assertThat(expired)
                    .as("all silent instances and no live instance expired")
                    .isEqualTo(INSTANCES - LIVING);
            assertThat(overdue).as("instances held back by the expiry cap").isGreaterThan(INSTANCES / 2);
            assertThat(facts(registry, "PreservationLeft"))
                    .as("self-preservation ended automatically")
                    .isPositive();
            assertThat(explanation(registry))
                    .as("the status reports no self-preservation")
                    .isEmpty();
            beats.shutdownNow();
        }
    }

    private static long facts(RunningRegistry registry, String type) {
        return registry.store().number("SELECT count(*) FROM store.facts WHERE type = '" + type + "'");
    }

    private static String explanation(RunningRegistry registry) throws IOException {
        return registry.get("/api/v1/status")
                .body()
                .at("/data/registry/preserving/0/explanation")
                .asString("");
    }

    private static long listed(RunningRegistry registry) throws IOException {
        return registry.get("/api/v1/services?service_name=many&limit=1000")
                .body()
                .at("/data/services")
                .size();
    }

    private static void beat(RunningRegistry registry, String ids) {
        try {
            registry.post("/api/v1/heartbeats", ids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
