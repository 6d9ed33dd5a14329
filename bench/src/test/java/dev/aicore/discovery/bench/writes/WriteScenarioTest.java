package dev.aicore.discovery.bench.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that each scenario counts its operations without errors, at the smallest size. Doesn't verify any rates. */
@Tag("integration")
class WriteScenarioTest {

    /** Duration of a round and of its warm-up: long enough for several requests on a busy machine. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final WriteBenchSize SMALL = new WriteBenchSize(500, 1_000, 50, 10, 10_000, 300, 50, SHORT);

    static Stream<WriteScenario> all() {
        return WriteScenario.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void scenario_countsOperationsWithoutErrors(WriteScenario writeScenario) throws Exception {
        var rows = writeScenario.run(new WriteBenchOptions(List.of(writeScenario), SHORT, 1, SMALL, List.of()));

        assertThat(rows).isNotEmpty().allSatisfy(writeReportRow -> {
            assertThat(writeReportRow.scenario()).isEqualTo(writeScenario.name());
            assertThat(writeReportRow.counted()).isPositive();
            assertThat(writeReportRow.errors()).isZero();
        });
    }
}
