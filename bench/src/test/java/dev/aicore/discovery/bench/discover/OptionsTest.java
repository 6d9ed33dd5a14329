package dev.aicore.discovery.bench.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.bench.rig.Misuse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void takesEveryScenarioWhereNoneIsNamed() {
        var options = Options.parse();

        assertThat(options.scenarios()).isEqualTo(Scenario.ALL);
        assertThat(options.round(20)).hasSeconds(20);
        assertThat(options.connections(256)).isEqualTo(256);
        assertThat(options.peers()).isTrue();
        assertThat(options.json()).isEmpty();
        assertThat(options.picture()).isEmpty();
    }

    @Test
    void takesScenariosSizesAndFiles() {
        var options = Options.parse(
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

        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("reads", "open");
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(options.connections(64)).isEqualTo(1_024);
        assertThat(options.round(20)).hasSeconds(5);
        assertThat(options.peers()).isFalse();
        assertThat(options.json()).contains(Path.of("a.json"));
        assertThat(options.picture()).contains(Path.of("a.svg"));
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
    void namesWhatItDoesNotUnderstand(String line, String named) {
        assertThatThrownBy(() -> Options.parse(line.split(" ", -1)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(named);
    }
}
