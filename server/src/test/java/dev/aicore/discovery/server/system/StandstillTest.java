package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server stands still, as a paused machine does, while its instances go on. {@code -Dstandstill.seconds=50} makes it long. */
@Tag("integration")
class StandstillTest {

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration STANDSTILL = Duration.ofSeconds(Integer.getInteger("standstill.seconds", 7));

    @TempDir
    Path directory;

    @Test
    void aStandstillLongerThanTheTtlExpiresNobodyWhoLives() throws Exception {
        var living = new Living(20, TTL);
        try (var registry = RunningRegistry.start(directory)) {
            living.register(registry);
            living.beat(registry);
            var silent = living.registerSilent(registry);
            var frozen = Instant.now();
            registry.freeze();
            await().atMost(STANDSTILL.multipliedBy(2)).until(() -> Instant.now().isAfter(frozen.plus(STANDSTILL)));
            var thawed = Instant.now();
            registry.thaw();

            var expired = living.awaitExpiryOf(silent, registry);
            living.stop();
            System.out.printf(
                    "standstill: %d ms, %d living, expired of them %d; the silent one went %d ms after the end of it%n",
                    Duration.between(frozen, thawed).toMillis(),
                    living.size(),
                    living.expired(registry).size(),
                    Duration.between(thawed, expired.at()).toMillis());
            assertThat(living.expired(registry)).isEmpty();
            assertThat(expired.at()).isAfterOrEqualTo(thawed.plus(TTL));
            assertThat(expired.at()).isBefore(expired.lastGrace().plus(TTL).plusSeconds(2));
        }
    }
}
