package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.command.health.ComponentResults.StatusChange;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComponentResultsTest {

    private static final HealthCheck HTTP = new HealthCheck("http", 10, 5, 2, 2, Map.of());

    private final ComponentResults results = new ComponentResults();

    private void declare(ComponentHealth status, String output) {
        var component = new ComponentCheck(HTTP, "", "", status, output);
        results.declare(0, "a", new CompositeCheck(new TreeMap<>(Map.of("web", component))));
    }

    private @Nullable StatusChange count(@Nullable CheckFailureCode failure, String detail) {
        return results.count(
                new Probe("a", "10.0.0.1", 80, "http", HTTP, "web"), new ProbeResult(failure, detail, Duration.ZERO));
    }

    private @Nullable StatusChange fail() {
        return count(CheckFailureCode.REFUSED, "");
    }

    private @Nullable StatusChange pass() {
        return count(null, "200");
    }

    @Test
    void count_changesTheStatusAtThresholds() {
        declare(ComponentHealth.PASSING, "");

        assertThat(fail()).isNull();
        assertThat(pass()).isNull();
        assertThat(fail()).isNull();
        assertThat(fail())
                .isEqualTo(new StatusChange("a", "web", ComponentHealth.CRITICAL, "The check failed: refused."));

        declare(ComponentHealth.CRITICAL, "The check failed: refused.");
        assertThat(fail()).isNull();
        assertThat(pass()).isNull();
        assertThat(pass()).isEqualTo(new StatusChange("a", "web", ComponentHealth.PASSING, ""));
    }

    @Test
    void count_repeatsAChangeThatWasNotStored() {
        declare(ComponentHealth.PASSING, "");

        assertThat(fail()).isNull();
        assertThat(fail()).isNotNull();
        assertThat(fail()).isNotNull();
    }

    @Test
    void reportedCheck_silentForItsTtl_becomesCritical() {
        var ttl = new HealthCheck(HealthCheck.TTL, 20, 5, 3, 1, Map.of());
        var passing = new ComponentCheck(ttl, "", "", ComponentHealth.PASSING, "");
        results.declare(0, "a", new CompositeCheck(new TreeMap<>(Map.of("disk", passing, "queue", passing))));
        long step = Duration.ofSeconds(5).toNanos();

        for (int i = 0; i < 6; i++) {
            assertThat(silence("disk", i * step)).isEqualTo(i < 5 ? null : expired("disk"));
            results.reported("a", List.of("queue", "unknown"));
            assertThat(silence("queue", i * step)).isNull();
        }

        var critical = passing.withResult(ComponentHealth.CRITICAL, "TTL expired");
        results.declare(0, "a", new CompositeCheck(new TreeMap<>(Map.of("disk", critical, "queue", passing))));
        assertThat(silence("disk", 6 * step)).as("already stored").isNull();
        results.reported("unknown", List.of("disk"));
    }

    private @Nullable StatusChange silence(String component, long now) {
        return results.measureSilence(new Probe("a", "10.0.0.1", 80, "http", HTTP, component), now);
    }

    private static StatusChange expired(String component) {
        return new StatusChange("a", component, ComponentHealth.CRITICAL, "TTL expired");
    }

    @Test
    void status429_isAWarning() {
        declare(ComponentHealth.WARNING, "");
        assertThat(count(CheckFailureCode.STATUS, "429")).isNull();

        assertThat(count(CheckFailureCode.STATUS, "429"))
                .isNotNull()
                .satisfies(change -> assertThat(change.status()).isEqualTo(ComponentHealth.WARNING));
    }

    @Test
    void otherStatus_isCriticalWithoutItsNumber() {
        declare(ComponentHealth.PASSING, "");
        assertThat(count(CheckFailureCode.STATUS, "503")).isNull();

        assertThat(count(CheckFailureCode.STATUS, "503"))
                .isEqualTo(new StatusChange("a", "web", ComponentHealth.CRITICAL, "The check failed."));
    }

    @Test
    void remove_byAnotherShard_keepsTheChecks() {
        declare(ComponentHealth.PASSING, "");

        assertThat(results.remove(1, "a")).isEmpty();
        assertThat(results.idsOf("a")).containsExactly("web");
        assertThat(results.remove(0, "a")).containsExactly("web");
        assertThat(results.idsOf("a")).isEmpty();
        assertThat(fail()).isNull();
    }

    @Test
    void declare_returnsTheChecksThatAreGone() {
        declare(ComponentHealth.PASSING, "");
        var other = new ComponentCheck(HTTP, "", "", ComponentHealth.PASSING, "");

        assertThat(results.declare(0, "a", new CompositeCheck(new TreeMap<>(Map.of("other", other)))))
                .containsExactly("web");
        assertThat(results.declare(0, "a", null)).containsExactly("other");
    }
}
