package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.bench.discovery.DialectBench.DialectPlay;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the scenarios at the smallest size, on one registry and without Eureka. Verifies that they count no errors. */
@Tag("integration")
class DialectBenchTest {

    @TempDir
    private static Path directory;

    private static BenchContext benchContext;
    private static DialectRegistry dialects;

    @BeforeAll
    static void start() throws Exception {
        benchContext = new BenchContext(
                new DiscoverBenchOptions(
                        DialectBench.SCENARIOS,
                        DiscoveryBenchScenarioTest.SHORT,
                        1,
                        4,
                        false,
                        Optional.empty(),
                        Optional.empty()),
                DiscoveryBenchScenarioTest.SMALL,
                new BuiltInGenerator(),
                directory.resolve("registry.aot"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        dialects = DialectRegistry.start(benchContext);
    }

    @AfterAll
    static void stop() throws Exception {
        dialects.close();
    }

    static Stream<Arguments> plays() {
        return Stream.of(
                play("reads", DialectReadScenario::run),
                play("heartbeats", DialectHeartbeatScenario::run),
                play("dns", DialectDnsScenario::run),
                play("parked", ParkedListenerScenario::run),
                play("changes", ListenerDelayScenario::run));
    }

    private static Arguments play(String name, DialectPlay play) {
        return arguments(name, play);
    }

    @ParameterizedTest
    @MethodSource("plays")
    void scenario_countsOperationsWithoutErrors(String name, DialectPlay play) throws Exception {
        var rows = play.run(benchContext, 1, dialects);

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.scenario()).isEqualTo(name);
            var rounds = row.rounds();
            if (rounds != null) {
                assertThat(rounds.counted()).isPositive();
                assertThat(rounds.errors()).isZero();
            }
        });
    }
}
