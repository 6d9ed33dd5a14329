package dev.aicore.discovery.api.instance;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstanceViewTest {

    private static final Instant REGISTERED = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant UPDATED = REGISTERED.plusSeconds(7);

    @Test
    void view_containsSourceValues() {
        var declaration = declaration(30, check("http", 30, 5));

        var view = InstanceView.of(
                "i-1",
                "default",
                "alice",
                declaration,
                65,
                new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.UNHEALTHY, BreakerState.HALF_OPEN),
                new InstanceLifecycle(3, REGISTERED, UPDATED, null, 42));

        assertThat(view)
                .isEqualTo(new InstanceView(
                        "i-1",
                        "i-1",
                        "web",
                        "default",
                        "1.2.0",
                        "10.0.0.1",
                        8080,
                        "http",
                        100,
                        30,
                        65,
                        declaration.healthCheck(),
                        Map.of("region", "west"),
                        List.of("blue"),
                        "a",
                        InstanceStatus.UNHEALTHY,
                        AdminState.ACTIVE,
                        LeaseState.LIVE,
                        HealthState.UNHEALTHY,
                        BreakerState.HALF_OPEN,
                        "alice",
                        3,
                        REGISTERED,
                        UPDATED,
                        null,
                        42,
                        null));
    }

    @Test
    void effectiveTtl_renewedByChecks_coversTwoIntervals() {
        assertThat(declaration(30, check("http", 30, 5)).effectiveTtl(true)).isEqualTo(65);
        assertThat(declaration(90, check("http", 30, 5)).effectiveTtl(true)).isEqualTo(90);
    }

    @Test
    void effectiveTtl_notRenewedByChecks_equalsDeclaredTtl() {
        assertThat(declaration(30, check("http", 30, 5)).effectiveTtl(false)).isEqualTo(30);
        assertThat(declaration(30, check("ttl", 30, 5)).effectiveTtl(true)).isEqualTo(30);
        assertThat(declaration(30, null).effectiveTtl(true)).isEqualTo(30);
        assertThat(declaration(0, check("http", 30, 5)).effectiveTtl(true)).isZero();
    }

    private static HealthCheck check(String type, int interval, int timeout) {
        return new HealthCheck(type, interval, timeout, 3, 2, Map.of());
    }

    private static Declaration declaration(int ttl, @Nullable HealthCheck check) {
        return aDeclaration("web")
                .version("1.2.0")
                .ttl(ttl)
                .healthCheck(check)
                .metadata(Map.of("region", "west"))
                .tags("blue")
                .zone("a")
                .build();
    }
}
