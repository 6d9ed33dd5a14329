package dev.aicore.discovery.spring.actuate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.ClientCounts;
import dev.aicore.discovery.client.ClientCounts.HeartbeatOutcome;
import dev.aicore.discovery.client.ClientCounts.Interruption;
import dev.aicore.discovery.client.ClientStatus;
import dev.aicore.discovery.client.ClientStatus.PickCounts;
import dev.aicore.discovery.client.ClientStatus.ServiceStatus;
import dev.aicore.discovery.client.ClientStatus.Transport;
import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.RegistrationState;
import dev.aicore.discovery.client.RegistrationStatus;
import dev.aicore.discovery.client.ServiceChange;
import dev.aicore.discovery.spring.RegistryProperties.Health.DownWhen;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;

class RegistryHealthIndicatorTest {

    @ParameterizedTest
    @CsvSource({
        "MISSING_LIST, true, LIVE, UP",
        "MISSING_LIST, false, STALE, UP",
        "MISSING_LIST, true, MISSING, DOWN",
        "DISCONNECTED, true, LIVE, UP",
        "DISCONNECTED, false, STALE, DOWN",
        "NEVER, false, MISSING, UP"
    })
    void health_byItsCondition_isUpOrDown(DownWhen condition, boolean connected, Freshness payments, String expected) {
        assertThat(health(condition, Set.of("payments"), status(connected, payments))
                        .getStatus()
                        .getCode())
                .isEqualTo(expected);
    }

    @Test
    void list_missingButNotRequired_isUp() {
        assertThat(health(DownWhen.MISSING_LIST, Set.of(), status(true, Freshness.MISSING))
                        .getStatus()
                        .getCode())
                .isEqualTo("UP");
    }

    @Test
    void details_nameTheMissingListAndTheRegistration() {
        var details = health(DownWhen.MISSING_LIST, Set.of("unknown"), status(true, Freshness.LIVE))
                .getDetails();
        assertThat(details)
                .containsEntry("missing", List.of("unknown"))
                .containsEntry("node", "http://127.0.0.1:8080")
                .containsEntry("store", "s1")
                .containsEntry("configurations", Map.of("orders", 13L));
        assertThat(requireNonNull(details.get("registrations")).toString())
                .contains("orders", "REGISTERED", "2026-12-01T00:00:00Z");
        assertThat(requireNonNull(details.get("services")).toString()).contains("payments", "LIVE", "PT1S");
    }

    private static Health health(DownWhen condition, Set<String> required, ClientStatus status) {
        return requireNonNull(
                new RegistryHealthIndicator(() -> status, required, condition, () -> Map.of("orders", 13L)).health());
    }

    static ClientStatus status(boolean connected, Freshness payments) {
        return new ClientStatus(
                URI.create("http://127.0.0.1:8080"),
                "s1",
                connected,
                Transport.STREAM,
                Duration.ofMillis(300),
                7,
                List.of(new ServiceStatus(
                        "payments", 3, 2, 1, 17, payments, Duration.ofSeconds(1), new PickCounts(5, 2, 1))),
                List.of(new RegistrationStatus(
                        "orders-1",
                        "orders",
                        RegistrationState.REGISTERED,
                        true,
                        Instant.parse("2026-12-01T00:00:00Z"),
                        null)),
                new ClientCounts(
                        Map.of(ServiceChange.Type.GONE, 4L),
                        2,
                        Duration.ofMillis(60),
                        Map.of(Interruption.SILENT, 7L),
                        Map.of(HeartbeatOutcome.RENEWED, 9L)));
    }
}
