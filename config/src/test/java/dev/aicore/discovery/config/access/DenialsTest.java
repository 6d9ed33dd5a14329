package dev.aicore.discovery.config.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.access.Denials.Counted;
import dev.aicore.discovery.config.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class DenialsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final RouteRule ROUTE =
            new RouteRule(HttpMethod.GET, "/api/v1/services/{id}", Permission.REGISTRY_READ);

    private final ManualTime time = new ManualTime(NOON);
    private final Denials denials = new Denials(new SimpleMeterRegistry(), time);

    @Test
    void aMinuteIsToldOnceItIsOverAndUntilItIsWrittenDown() {
        deny("ann", ROUTE, 3);
        deny("203.0.113.7", null, 1);
        assertThat(denials.eldest()).isNull();
        time.pass(Duration.ofMinutes(1));
        var told = requireNonNull(denials.eldest());
        assertThat(told)
                .containsExactly(
                        new Counted(NOON, "ann", "GET /api/v1/services/{id}", "forbidden", 3),
                        new Counted(NOON, "203.0.113.7", "none", "forbidden", 1));
        assertThat(denials.eldest()).isSameAs(told);
        denials.written(told);
        assertThat(denials.eldest()).isNull();
    }

    @Test
    void aFloodOfKindsIsCountedTogether() {
        for (int i = 0; i < 10_000; i++) {
            deny("flood-" + i, ROUTE, 1);
        }
        denials.end();
        var told = requireNonNull(denials.eldest());
        assertThat(told).hasSize(Denials.MOST_KINDS + 1);
        assertThat(told.getFirst())
                .isEqualTo(new Counted(NOON, "other", "other", "other", 10_000L - Denials.MOST_KINDS));
    }

    @Test
    void minutesThatNobodyWritesDownAreGivenUpTheEldestFirst() {
        for (int i = 0; i < Denials.MOST_MINUTES + 5; i++) {
            deny("ann", ROUTE, 1);
            time.pass(Duration.ofMinutes(1));
        }
        assertThat(requireNonNull(denials.eldest()).getFirst().minute()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    }

    private void deny(String who, @Nullable RouteRule route, int times) {
        for (int i = 0; i < times; i++) {
            denials.count(new RegistryException(ErrorCode.FORBIDDEN, "No."), who, route);
        }
    }
}
