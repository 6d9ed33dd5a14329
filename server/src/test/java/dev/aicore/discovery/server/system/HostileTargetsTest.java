package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.system.FakeTargetGroup.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Registers targets that never answer, that send endlessly, and that send one byte per second; together they need far
 * more capacity than there is. All other targets must be checked as usual.
 */
@Tag("integration")
@Tag(FaultTestSize.TAG)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class HostileTargetsTest {

    private static final int HOSTILE = FaultTestSize.of(200, 500);
    private static final int MAX_CONCURRENT_CHECKS = 200;
    private static final int ROUNDS = 8;

    @TempDir
    Path directory;

    @Test
    void hostileTargets_doNotDelayOtherChecks() throws IOException {
        var options = List.of(
                "--service-discovery.registry.health-checks.max-concurrent-checks=" + MAX_CONCURRENT_CHECKS,
                "--service-discovery.registry.health-checks.renew-leases=false");
        try (var silent = new FakeTargetGroup(Manner.SILENT, HOSTILE);
                var endless = new FakeTargetGroup(Manner.ENDLESS, HOSTILE);
                var trickling = new FakeTargetGroup(Manner.TRICKLING, HOSTILE);
                var others = new FakeTargetGroup(Manner.ANSWERS, 100);
                var registry = RunningRegistry.start(directory, options)) {
            silent.register(registry, 1, 2);
            endless.register(registry, 1, 2);
            trickling.register(registry, 1, 2);
            // Targets that aren't known to be slow yet may take all the capacity.
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> silent.fewestVisits() > 0 && trickling.fewestVisits() > 0);
            others.register(registry, 1, 2);
            await().atMost(Duration.ofMinutes(1)).until(() -> others.fewestVisits() > 0);
            List.of(silent, endless, trickling, others).forEach(FakeTargetGroup::forgetVisits);

            var mostInFlight = new AtomicInteger();
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                mostInFlight.accumulateAndGet(stats(registry).at("/in_flight").asInt(), Math::max);
                return others.fewestVisits() >= ROUNDS;
            });

            double visitsOfOthers = (double) others.allVisits() / others.size();
            double visitsOfSlow = (double) (silent.allVisits() + trickling.allVisits()) / (2 * HOSTILE);
            var stats = stats(registry);
            System.out.printf(
                    "hostile targets: %.1f visits of each other instance, %.2f of each slow one; %d in flight at most; %s%n",
                    visitsOfOthers, visitsOfSlow, mostInFlight.get(), stats);
            assertThat(mostInFlight.get()).isBetween(1, MAX_CONCURRENT_CHECKS);
            assertThat(stats.at("/waiting").asInt())
                    .as("checks wait for capacity")
                    .isPositive();
            assertThat(visitsOfOthers).isGreaterThan(4 * visitsOfSlow);
            assertThat(stats.at("/by_type/0/reasons/timeout").asInt()).isPositive();
            assertThat(stats.at("/by_type/0/reasons/body_too_large").asInt()).isPositive();
            var discovered = registry.get("/api/v1/discover?service_name=answers&limit=1000")
                    .body()
                    .at("/data");
            assertThat(discovered.at("/healthy").asInt()).isEqualTo(others.size());
        }
    }

    private static JsonNode stats(RunningRegistry registry) throws IOException {
        return registry.get("/api/v1/health-monitor/stats").body().at("/data");
    }
}
