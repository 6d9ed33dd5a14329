package dev.aicore.discovery.query.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PickCountsTest {

    private final PickCounts counts = new PickCounts(2);

    @Test
    void countsByStrategyAndService() {
        counts.count(Strategy.ROUND_ROBIN, "web", true);
        counts.count(Strategy.ROUND_ROBIN, "web", true);
        counts.count(Strategy.RANDOM, "web", true);

        assertThat(told()).isEqualTo(Map.of("round_robin web", 2.0, "random web", 1.0));
    }

    @Test
    void namesWithoutEndAreFewLabels() {
        for (int i = 0; i < 100; i++) {
            counts.count(Strategy.RANDOM, "made-up-" + i, false);
            counts.count(Strategy.RANDOM, "real-" + i, true);
        }

        assertThat(told())
                .isEqualTo(Map.of(
                        "random real-0", 1.0, "random real-1", 1.0, "random _other", 98.0, "random _unknown", 100.0));
    }

    private Map<String, Double> told() {
        return counts.samples().stream()
                .collect(Collectors.toMap(
                        sample -> String.join(" ", sample.labels().values()), sample -> sample.value()));
    }
}
