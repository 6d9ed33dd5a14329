package dev.aicore.discovery.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.Freshness;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DiscoveryClientMetricsTest {

    @Test
    void metrics_ofTheClient_haveNoLabelsButServiceAndState() {
        var registry = new SimpleMeterRegistry();
        new DiscoveryClientMetrics(() -> RegistryHealthIndicatorTest.status(false, Freshness.STALE)).bindTo(registry);
        assertThat(registry.get("service.discovery.client.services").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("service.discovery.client.connected").gauge().value())
                .isZero();
        assertThat(registry.get("service.discovery.client.stale.services")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(count(registry, "reconnects", "reason", "silent")).isEqualTo(7);
        assertThat(count(registry, "reconnects", "reason", "refused")).isZero();
        assertThat(count(registry, "changes", "type", "gone")).isEqualTo(4);
        assertThat(count(registry, "heartbeats", "outcome", "renewed")).isEqualTo(9);
        assertThat(count(registry, "picks", "service", "payments", "outcome", "failed"))
                .isEqualTo(2);
        var delay = registry.get("service.discovery.client.delay").functionTimer();
        assertThat(delay.mean(TimeUnit.MILLISECONDS)).isEqualTo(30);
        assertThat(registry.get("service.discovery.client.stream.age")
                        .timeGauge()
                        .value())
                .isEqualTo(0.3);
        assertThat(registry.get("service.discovery.client.instances")
                        .tags("service", "payments", "state", "eligible")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    private static double count(SimpleMeterRegistry registry, String name, String... tags) {
        return registry.get("service.discovery.client." + name)
                .tags(tags)
                .functionCounter()
                .count();
    }
}
