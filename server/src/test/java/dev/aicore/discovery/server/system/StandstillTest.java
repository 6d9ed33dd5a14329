package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Suspends the server for several TTLs, like a paused machine, while its instances continue. */
@Tag("integration")
@Tag(FaultTestSize.TAG)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StandstillTest {

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(FaultTestSize.of(1, 5));
    private static final Duration STANDSTILL = TTL.multipliedBy(FaultTestSize.of(2, 3));
    private static final int LIVING = FaultTestSize.of(200, 1_000);

    /** Tolerance for a busy machine; the guarantee is that an expiry isn't early. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void standstill_longerThanTtl_expiresOnlySilentInstances() throws Exception {
        var heartbeatClients = new HeartbeatClients(LIVING, TTL);
        try (var registry = RunningRegistry.start(
                directory,
                List.of("--service-discovery.registry.registration.grace-period=" + GRACE_PERIOD.toSeconds() + "s"))) {
            // They send heartbeats before they are registered, because registering all may take longer than a TTL.
            heartbeatClients.beat(registry);
            heartbeatClients.register(registry);
            var silent = heartbeatClients.registerSilent(registry, 10);
            var frozen = Instant.now();
            registry.freeze();
            await().atMost(STANDSTILL.multipliedBy(2)).until(() -> Instant.now().isAfter(frozen.plus(STANDSTILL)));
            var thawed = Instant.now();
            registry.thaw();

            var removed = new ArrayList<Duration>();
            for (var id : silent) {
                var expired = heartbeatClients.awaitExpiryOf(id, registry);
                assertThat(expired.at()).isAfterOrEqualTo(thawed.plus(TTL));
                assertThat(expired.at()).isBefore(expired.lastGrace().plus(TTL).plus(SLACK));
                var gone = heartbeatClients.awaitRemovalOf(id, registry);
                assertThat(gone)
                        .isBefore(
                                expired.lastGrace().plus(TTL).plus(GRACE_PERIOD).plus(SLACK));
                removed.add(Duration.between(thawed, gone));
            }
            var wronged = heartbeatClients.expired(registry);
            heartbeatClients.stop();
            System.out.printf(
                    "standstill: %d ms, %d living, expired of them %d; the %d silent ones were gone %d to %d ms after the end of it%n",
                    Duration.between(frozen, thawed).toMillis(),
                    heartbeatClients.size(),
                    wronged.size(),
                    silent.size(),
                    Collections.min(removed).toMillis(),
                    Collections.max(removed).toMillis());
            assertThat(wronged).isEmpty();
        }
    }
}
