package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ConnectionBudgetTest {

    private static final Duration LIFE = Duration.ofMinutes(30);

    @Test
    void connectionBudget_isSplitByProcessTarget() {
        assertThat(shares(20, ProcessTarget.ALL)).isEqualTo(new ConnectionBudget(2, 13, 5));
        assertThat(shares(5, ProcessTarget.ALL)).isEqualTo(new ConnectionBudget(2, 2, 1));
        assertThat(shares(20, ProcessTarget.QUERY)).isEqualTo(new ConnectionBudget(0, 4, 16));
        assertThat(shares(20, ProcessTarget.COMMAND)).isEqualTo(new ConnectionBudget(2, 17, 1));
        assertThat(shares(20, ProcessTarget.PROJECTIONS)).isEqualTo(new ConnectionBudget(0, 18, 2));
    }

    @ParameterizedTest
    @EnumSource
    void connectionBudget_sumsToMaximumWithoutEmptyShare(ProcessTarget processTarget) {
        for (int most = 5; most <= 1_000; most++) {
            var shares = shares(most, processTarget);
            assertThat(shares.writing() + shares.pool() + shares.reads()).isEqualTo(most);
            assertThat(shares.pool()).isPositive();
            assertThat(shares.reads()).isPositive();
        }
    }

    @Test
    void hikariProperties_areDerivedFromConnectionBudget() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "given",
                        Map.of(
                                "service-discovery.database.postgres.max-connections", "50",
                                "service-discovery.database.postgres.idle-timeout", "300")));
        new SettingsEnvironmentPostProcessor().apply(environment, SettingProblemListener.FATAL);
        assertThat(environment.getProperty("spring.datasource.hikari.maximum-pool-size", int.class))
                .isEqualTo(34);
        assertThat(environment.getProperty("spring.datasource.hikari.minimum-idle", int.class))
                .isEqualTo(2);
        assertThat(environment.getProperty("spring.datasource.hikari.idle-timeout", long.class))
                .isEqualTo(300_000);
    }

    @Test
    void idleTimeout_isClampedToPoolLimits() {
        assertThat(idle(Duration.ZERO)).isEqualTo(Duration.ZERO);
        assertThat(idle(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(10));
        assertThat(idle(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(idle(Duration.ofHours(1))).isEqualTo(Duration.ZERO);
    }

    private static Duration idle(Duration timeout) {
        return settings(20, timeout).poolIdleTimeout(LIFE);
    }

    private static ConnectionBudget shares(int most, ProcessTarget processTarget) {
        return ConnectionBudget.of(settings(most, Duration.ZERO), processTarget);
    }

    private static PostgresSettings settings(int maxConnections, Duration idleTimeout) {
        return new PostgresSettings(
                null, maxConnections, idleTimeout, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ZERO);
    }
}
