package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.bench.discovery.DiscoverPopulation.Shape;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verifies that scenarios count their operations without errors, at the smallest size and without Eureka, which would
 * have to be built. Doesn't verify any rates.
 */
@Tag("integration")
class DiscoverScenarioTest {

    private static final DiscoverBenchSize SMALL = new DiscoverBenchSize(
            new Shape(10, 10),
            new Shape(20, 5),
            new Shape(20, 20),
            5,
            100,
            16,
            100,
            new DiscoverBenchSize.Watching(20, 2, 3, 8, 100),
            new Shape(2, 5),
            new DiscoverBenchSize.Declared(100, List.of(5, 20), List.of(5, 20)),
            new DiscoverBenchSize.Warming(1, 2),
            1);

    @TempDir
    private static Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"reads", "guarded", "batch", "latency", "registrations", "updates", "growth", "cold", "storm"})
    void scenario_countsOperationsWithoutErrors(String name) throws Exception {
        var discoverBenchOptions =
                DiscoverBenchOptions.parse(name, "--rounds", "1", "--seconds", "1", "--connections", "4");
        var benchContext = new BenchContext(
                discoverBenchOptions,
                SMALL,
                new BuiltInGenerator(),
                directory.resolve("registry.aot"),
                Optional.empty(),
                Optional.empty());

        List<DiscoverReportRow> rows =
                discoverBenchOptions.scenarios().getFirst().run(benchContext);

        assertThat(rows).isNotEmpty().allSatisfy(discoverReportRow -> {
            assertThat(discoverReportRow.scenario()).isEqualTo(name);
            assertThat(discoverReportRow.figure().median()).isPositive();
        });
        assertThat(rows)
                .extracting(DiscoverReportRow::rounds)
                .filteredOn(rounds -> rounds != null)
                .isNotEmpty()
                .allSatisfy(rounds -> {
                    assertThat(rounds.counted()).isPositive();
                    assertThat(rounds.errors()).isZero();
                });
    }
}
