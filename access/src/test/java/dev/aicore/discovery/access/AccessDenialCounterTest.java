package dev.aicore.discovery.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.access.AccessDenialCounter.MinuteCount;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.ManualTimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class AccessDenialCounterTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final RoutePermission ROUTE =
            new RoutePermission(HttpMethod.GET, "/api/v1/services/{id}", Permission.REGISTRY_READ);

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final AccessDenialCounter accessDenialCounter = new AccessDenialCounter(new SimpleMeterRegistry(), time);

    @Test
    void completedMinute_isReportedUntilWritten() {
        deny("ann", ROUTE, 3);
        deny("203.0.113.7", null, 1);
        assertThat(accessDenialCounter.oldestCompleted()).isNull();
        time.pass(Duration.ofMinutes(1));
        var told = requireNonNull(accessDenialCounter.oldestCompleted());
        assertThat(told)
                .containsExactly(
                        new MinuteCount(NOON, "ann", "GET /api/v1/services/{id}", "forbidden", 3),
                        new MinuteCount(NOON, "203.0.113.7", "none", "forbidden", 1));
        assertThat(accessDenialCounter.oldestCompleted()).isSameAs(told);
        accessDenialCounter.removePersisted(told);
        assertThat(accessDenialCounter.oldestCompleted()).isNull();
    }

    @Test
    void denials_beyondMaximumKeys_areCountedAsOther() {
        for (int i = 0; i < 10_000; i++) {
            deny("flood-" + i, ROUTE, 1);
        }
        accessDenialCounter.end();
        var told = requireNonNull(accessDenialCounter.oldestCompleted());
        assertThat(told).hasSize(AccessDenialCounter.MAX_KEYS + 1);
        assertThat(told.getFirst())
                .isEqualTo(new MinuteCount(NOON, "other", "other", "other", 10_000L - AccessDenialCounter.MAX_KEYS));
    }

    @Test
    void unwrittenMinutes_beyondMaximum_areDroppedOldestFirst() {
        for (int i = 0; i < AccessDenialCounter.MAX_MINUTES + 5; i++) {
            deny("ann", ROUTE, 1);
            time.pass(Duration.ofMinutes(1));
        }
        assertThat(requireNonNull(accessDenialCounter.oldestCompleted())
                        .getFirst()
                        .minute())
                .isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    }

    private void deny(String who, @Nullable RoutePermission route, int times) {
        for (int i = 0; i < times; i++) {
            accessDenialCounter.count(new RegistryException(ErrorCode.FORBIDDEN, "No."), who, route);
        }
    }
}
