package dev.aicore.discovery.bench.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.bench.discover.Population.Shape;
import dev.aicore.discovery.bench.load.Bundled;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios count what they do and meet no error, at the smallest size and without Eureka, which would have to be built; how fast it
 * is, is not asked here.
 */
@Tag("integration")
class ScenarioTest {

    private static final Size SMALL = new Size(
            new Shape(10, 10),
            new Shape(20, 5),
            new Shape(20, 20),
            5,
            100,
            16,
            100,
            new Size.Watching(20, 2, 3, 8, 100),
            new Shape(2, 5),
            new Size.Declared(100, List.of(5, 20), List.of(5, 20)),
            new Size.Warming(1, 2),
            1);

    @TempDir
    private static Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"reads", "guarded", "batch", "latency", "registrations", "updates", "growth", "cold", "storm"})
    void countsWhatItDoes(String name) throws Exception {
        var options = Options.parse(name, "--rounds", "1", "--seconds", "1", "--connections", "4");
        var stage = new Stage(
                options, SMALL, new Bundled(), directory.resolve("registry.aot"), Optional.empty(), Optional.empty());

        List<Row> rows = options.scenarios().getFirst().run(stage);

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.scenario()).isEqualTo(name);
            assertThat(row.figure().median()).isPositive();
        });
        assertThat(rows)
                .extracting(Row::rounds)
                .filteredOn(rounds -> rounds != null)
                .isNotEmpty()
                .allSatisfy(rounds -> {
                    assertThat(rounds.counted()).isPositive();
                    assertThat(rounds.errors()).isZero();
                });
    }
}
