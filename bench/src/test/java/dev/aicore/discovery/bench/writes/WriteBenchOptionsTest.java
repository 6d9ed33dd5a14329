package dev.aicore.discovery.bench.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteBenchOptionsTest {

    @Test
    void parse_withoutScenarios_selectsAll() {
        assertThat(WriteBenchOptions.parse().scenarios()).isEqualTo(WriteScenario.ALL);
    }

    @Test
    void parse_readsScenariosRoundsAndSettings() {
        var writeBenchOptions = WriteBenchOptions.parse(
                "closed", "--seconds", "5", "--rounds", "1", "naive", "--service-discovery.event-store.shards=4");

        assertThat(writeBenchOptions.scenarios())
                .extracting(WriteScenario::name)
                .containsExactly("closed", "naive");
        assertThat(writeBenchOptions.round(60)).hasSeconds(5);
        assertThat(writeBenchOptions.rounds()).isEqualTo(1);
        assertThat(writeBenchOptions.settings()).containsExactly("--service-discovery.event-store.shards=4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sturdy", "--seconds", "--seconds x", "--rounds 0"})
    void parse_ofInvalidOption_fails(String line) {
        assertThatThrownBy(() -> WriteBenchOptions.parse(line.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }
}
