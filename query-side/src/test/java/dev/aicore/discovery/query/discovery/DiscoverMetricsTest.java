package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.balancing.BalancingStrategy;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiscoverMetricsTest {

    private final DiscoverMetrics metrics = new DiscoverMetrics(2);

    @Test
    void discoveries_areCountedByStrategyAndService() {
        metrics.count(BalancingStrategy.ROUND_ROBIN, "web", true);
        metrics.count(BalancingStrategy.ROUND_ROBIN, "web", true);
        metrics.count(BalancingStrategy.RANDOM, "web", true);

        assertThat(samplesByLabels()).isEqualTo(Map.of("round_robin web", 2.0, "random web", 1.0));
    }

    @Test
    void serviceLabels_beyondLimit_areCountedAsOtherOrUnknown() {
        for (int i = 0; i < 100; i++) {
            metrics.count(BalancingStrategy.RANDOM, "made-up-" + i, false);
            metrics.count(BalancingStrategy.RANDOM, "real-" + i, true);
        }

        assertThat(samplesByLabels())
                .isEqualTo(Map.of(
                        "random real-0", 1.0, "random real-1", 1.0, "random _other", 98.0, "random _unknown", 100.0));
    }

    private Map<String, Double> samplesByLabels() {
        return metrics.samples().stream()
                .collect(Collectors.toMap(
                        sample -> String.join(" ", sample.labels().values()), sample -> sample.value()));
    }
}
