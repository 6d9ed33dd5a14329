package dev.aicore.discovery.bench.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario counts what it does and meets no error, at the smallest size; how fast it is, is not asked here. */
@Tag("integration")
class ScenarioTest {

    private static final Size SMALL = new Size(500, 1_000, 50, 10, 10_000, 300, 50, 1);

    static Stream<Scenario> all() {
        return Scenario.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void countsWhatItDoes(Scenario scenario) throws Exception {
        var rows = scenario.run(new Options(List.of(scenario), 1, 1, SMALL, List.of()));

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.scenario()).isEqualTo(scenario.name());
            assertThat(row.counted()).isPositive();
            assertThat(row.errors()).isZero();
        });
    }
}
