package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.bench.discovery.DiscoverPopulation.Shape;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verifies that scenarios count their operations without errors, at the smallest size and without Eureka, which would
 * have to be built. Scenarios that don't measure a start share a registry. Doesn't verify any rates.
 */
@Tag("integration")
class DiscoveryBenchScenarioTest {

    /** Duration of a round and of its warm-up: long enough for several requests on a busy machine. */
    static final Duration SHORT = Duration.ofMillis(500);

    /** Services have the same size in all shapes, so that a registry of one shape becomes one of another. */
    static final DiscoverBenchSize SMALL = new DiscoverBenchSize(
            new Shape(10, 10),
            new Shape(20, 5),
            new Shape(20, 10),
            5,
            100,
            16,
            100,
            new DiscoverBenchSize.Watching(20, 2, 3, 8, 100),
            new Shape(2, 10),
            new DiscoverBenchSize.Declared(100, List.of(5, 20), List.of(5, 20)),
            new DiscoverBenchSize.Warming(SHORT, 1),
            1);

    @TempDir
    private static Path directory;

    private static RegistryServer shared;

    @BeforeAll
    static void startSharedRegistry() throws Exception {
        shared =
                RegistryServer.start(context("reads", Optional.empty()), SMALL.usual(), AuthenticatedReadScenario.RATE);
    }

    @AfterAll
    static void stopSharedRegistry() throws Exception {
        shared.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reads", "guarded", "batch", "latency", "registrations", "updates", "growth", "cold", "storm"})
    void scenario_countsOperationsWithoutErrors(String name) throws Exception {
        var benchContext = context(name, Optional.of(shared));

        List<DiscoverReportRow> rows =
                benchContext.options().scenarios().getFirst().run(benchContext);

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

    private static BenchContext context(String name, Optional<RegistryServer> registry) {
        var scenarios = DiscoverBenchOptions.parse(name).scenarios();
        return new BenchContext(
                new DiscoverBenchOptions(scenarios, SHORT, 1, 4, false, Optional.empty(), Optional.empty()),
                SMALL,
                new BuiltInGenerator(),
                directory.resolve("registry.aot"),
                Optional.empty(),
                Optional.empty(),
                registry);
    }
}
