package dev.aicore.discovery.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.Freshness;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
        assertThat(registry.get("service.discovery.client.reconnects")
                        .functionCounter()
                        .count())
                .isEqualTo(7);
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
}
