package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoverBenchOptionsTest {

    @Test
    void parse_withoutScenarios_selectsAll() {
        var discoverBenchOptions = DiscoverBenchOptions.parse();

        assertThat(discoverBenchOptions.scenarios()).isEqualTo(DiscoveryBenchScenario.ALL);
        assertThat(discoverBenchOptions.round(20)).hasSeconds(20);
        assertThat(discoverBenchOptions.connections(256)).isEqualTo(256);
        assertThat(discoverBenchOptions.peers()).isTrue();
        assertThat(discoverBenchOptions.json()).isEmpty();
        assertThat(discoverBenchOptions.picture()).isEmpty();
    }

    @Test
    void parse_readsScenariosSizesAndFiles() {
        var discoverBenchOptions = DiscoverBenchOptions.parse(
                "reads",
                "--rounds",
                "1",
                "--connections",
                "1024",
                "open",
                "--no-peers",
                "--seconds",
                "5",
                "--json",
                "a.json",
                "--picture",
                "a.svg");

        assertThat(discoverBenchOptions.scenarios())
                .extracting(DiscoveryBenchScenario::name)
                .containsExactly("reads", "open");
        assertThat(discoverBenchOptions.rounds()).isEqualTo(1);
        assertThat(discoverBenchOptions.connections(64)).isEqualTo(1_024);
        assertThat(discoverBenchOptions.round(20)).hasSeconds(5);
        assertThat(discoverBenchOptions.peers()).isFalse();
        assertThat(discoverBenchOptions.json()).contains(Path.of("a.json"));
        assertThat(discoverBenchOptions.picture()).contains(Path.of("a.svg"));
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds,--rounds",
        "--rounds 0,--rounds",
        "--seconds many,--seconds",
        "--threads 4,--threads",
        "--json,--json",
        "--picture --json,--picture",
        "writes,reads"
    })
    void parse_ofInvalidOption_namesOption(String line, String named) {
        assertThatThrownBy(() -> DiscoverBenchOptions.parse(line.split(" ", -1)))
                .isInstanceOf(BenchUsageException.class)
                .hasMessageContaining(named);
    }
}
