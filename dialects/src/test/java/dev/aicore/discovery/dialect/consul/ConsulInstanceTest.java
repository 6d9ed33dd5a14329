package dev.aicore.discovery.dialect.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsulInstanceTest {

    private static final InstanceState FINE =
            new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.HEALTHY, BreakerState.CLOSED);

    static InstanceView view(Map<String, String> metadata) {
        return view(metadata, null, FINE);
    }

    private static InstanceView view(
            Map<String, String> metadata, @Nullable HealthCheck check, InstanceState instanceState) {
        var declaration = new Declaration(
                "web", "1.2", "10.0.0.5", 80, "http", 100, 30, check, metadata, List.of("a", "b"), "eu");
        var at = Instant.parse("2026-12-01T10:00:00Z");
        return InstanceView.of(
                "web-1",
                "default",
                "anonymous",
                declaration,
                30,
                instanceState,
                new InstanceLifecycle(1, at, at, null, 17));
    }

    private static HealthCheck check(String type) {
        return new HealthCheck(type, 10, 5, 1, 1, Map.of());
    }

    private static InstanceState state(AdminState admin, LeaseState lease, HealthState health) {
        return new InstanceState(admin, lease, health, BreakerState.CLOSED);
    }

    @Test
    void of_nativeInstance_hasItsWeightVersionAndCheck() {
        var instance = ConsulInstance.of(view(Map.of("team", "x")));

        assertThat(instance.id()).isEqualTo("web-1");
        assertThat(instance.meta()).isEqualTo(Map.of("team", "x", "version", "1.2", "zone", "eu"));
        assertThat(instance.passingWeight()).isEqualTo(100);
        assertThat(instance.warningWeight()).isEqualTo(1);
        assertThat(instance.index()).isEqualTo(17);
        assertThat(instance.checks())
                .containsExactly(
                        new ConsulCheck("service:web-1", "Service 'web' check", CheckStatus.PASSING, "", "", "ttl"));
        assertThat(instance.isPassing()).isTrue();
    }

    @Test
    void of_ownMetadata_isNotShownAsMeta() {
        var instance = ConsulInstance.of(view(Map.of(
                ConsulMetadata.ID, "w",
                ConsulMetadata.ADDRESS, "",
                ConsulMetadata.PORT, "0",
                ConsulMetadata.CHECK, "{\"CheckID\":\"alive\",\"Name\":\"Alive\",\"Notes\":\"n\"}",
                ConsulMetadata.SERVICE, "{\"EnableTagOverride\":true,\"Weights\":{\"Warning\":3}}")));

        assertThat(instance.id()).isEqualTo("w");
        assertThat(instance.address()).isEmpty();
        assertThat(instance.nodeAddress()).isEqualTo("10.0.0.5");
        assertThat(instance.port()).isZero();
        assertThat(instance.meta()).containsOnlyKeys("version", "zone");
        assertThat(instance.warningWeight()).isEqualTo(3);
        assertThat(instance.isTagOverrideEnabled()).isTrue();
        assertThat(instance.checks().getFirst().id()).isEqualTo("alive");
        assertThat(instance.checks().getFirst().name()).isEqualTo("Alive");
        assertThat(instance.checks().getFirst().notes()).isEqualTo("n");
    }

    @Test
    void of_warning_isOutOfPassing() {
        var instance = ConsulInstance.of(view(
                Map.of(ConsulMetadata.STATUS, "warning", ConsulMetadata.OUTPUT, "\"two\\nlines\""),
                check("ttl"),
                FINE));

        assertThat(instance.status()).isEqualTo(CheckStatus.WARNING);
        assertThat(instance.isPassing()).isFalse();
        assertThat(instance.checks().getFirst().output()).isEqualTo("two\nlines");
    }

    @Test
    void of_severalChecks_hasTheStatusOfTheWorst() {
        var instance = ConsulInstance.of(view(Map.of(ConsulMetadata.ID, "w"), composite(), FINE));

        assertThat(instance.status()).isEqualTo(CheckStatus.WARNING);
        assertThat(instance.checks())
                .containsExactly(
                        new ConsulCheck("alive", "Alive", CheckStatus.PASSING, "two\nlines", "ok", "ttl"),
                        new ConsulCheck("service:w:2", "Service 'web' check", CheckStatus.WARNING, "", "busy", "http"));
    }

    @Test
    void of_expiredLease_isCriticalInTheTtlCheckOnly() {
        var instance = ConsulInstance.of(
                view(Map.of(), composite(), state(AdminState.ACTIVE, LeaseState.EXPIRED, HealthState.HEALTHY)));

        assertThat(instance.status()).isEqualTo(CheckStatus.CRITICAL);
        assertThat(instance.checks()).extracting(ConsulCheck::output).containsExactly("TTL expired", "busy");
    }

    @Test
    void of_openCircuitBreaker_isACheckBesideSeveral() {
        var instance = ConsulInstance.of(view(
                Map.of(),
                composite(),
                new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.HEALTHY, BreakerState.OPEN)));

        assertThat(instance.checks()).hasSize(3).last().satisfies(check -> {
            assertThat(check.id()).isEqualTo("service:web-1");
            assertThat(check.status()).isEqualTo(CheckStatus.CRITICAL);
            assertThat(check.output()).isEqualTo("The circuit breaker is open.");
        });
    }

    private static HealthCheck composite() {
        var alive = new ComponentCheck(check("ttl"), "Alive", "\"two\\nlines\"", ComponentHealth.PASSING, "ok");
        var web = new ComponentCheck(check("http"), "", "", ComponentHealth.WARNING, "busy");
        return check(HealthCheck.COMPOSITE)
                .withComponents(new CompositeCheck(new TreeMap<>(Map.of("alive", alive, "service:w:2", web))));
    }

    @Test
    void of_expiredLease_isCriticalWithConsulsOutput() {
        var instance = ConsulInstance.of(view(
                Map.of(ConsulMetadata.OUTPUT, "fine"),
                check("ttl"),
                state(AdminState.ACTIVE, LeaseState.EXPIRED, HealthState.HEALTHY)));

        assertThat(instance.status()).isEqualTo(CheckStatus.CRITICAL);
        assertThat(instance.checks().getFirst().output()).isEqualTo("TTL expired");
    }

    @Test
    void of_startingInstance_isCritical() {
        var instance = ConsulInstance.of(
                view(Map.of(), check("http"), state(AdminState.ACTIVE, LeaseState.LIVE, HealthState.STARTING)));

        assertThat(instance.status()).isEqualTo(CheckStatus.CRITICAL);
        assertThat(instance.checks().getFirst().type()).isEqualTo("http");
    }

    @Test
    void of_instanceWithoutCheck_hasNoChecks() {
        var instance = ConsulInstance.of(view(Map.of(), check(HealthCheck.NONE), FINE));

        assertThat(instance.checks()).isEmpty();
        assertThat(instance.isPassing()).isTrue();
    }

    @Test
    void of_maintenance_isAnExtraCriticalCheck() {
        var maintained = state(AdminState.MAINTENANCE, LeaseState.LIVE, HealthState.HEALTHY);

        var instance = ConsulInstance.of(view(Map.of(ConsulMetadata.REASON, "disk"), check("ttl"), maintained));

        assertThat(instance.checks()).hasSize(2);
        assertThat(instance.checks().getFirst())
                .isEqualTo(new ConsulCheck(
                        "_service_maintenance:web-1",
                        "Service Maintenance Mode",
                        CheckStatus.CRITICAL,
                        "disk",
                        "",
                        "maintenance"));
        assertThat(instance.checks().getLast().status()).isEqualTo(CheckStatus.PASSING);
        assertThat(instance.status()).isEqualTo(CheckStatus.CRITICAL);
    }

    @Test
    void hasTag_otherCase_matches() {
        assertThat(ConsulInstance.of(view(Map.of())).hasTag("A")).isTrue();
        assertThat(ConsulInstance.of(view(Map.of())).hasTag("c")).isFalse();
    }

    @Test
    void of_foreignJsonInOwnMetadata_isIgnored() {
        var instance = ConsulInstance.of(view(Map.of(ConsulMetadata.SERVICE, "{", ConsulMetadata.CHECK, "no")));

        assertThat(instance.warningWeight()).isEqualTo(1);
        assertThat(instance.checks().getFirst().id()).isEqualTo("service:web-1");
    }
}
