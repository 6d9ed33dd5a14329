package dev.aicore.discovery.bench.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void takesEveryScenarioWhereNoneIsNamed() {
        assertThat(Options.parse().scenarios()).isEqualTo(Scenario.ALL);
    }

    @Test
    void takesScenariosRoundsAndSettings() {
        var options = Options.parse(
                "closed", "--seconds", "5", "--rounds", "1", "naive", "--service-discovery.event-store.shards=4");

        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("closed", "naive");
        assertThat(options.round(60)).hasSeconds(5);
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(options.settings()).containsExactly("--service-discovery.event-store.shards=4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sturdy", "--seconds", "--seconds x", "--rounds 0"})
    void refusesWhatItDoesNotKnow(String line) {
        assertThatThrownBy(() -> Options.parse(line.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }
}
