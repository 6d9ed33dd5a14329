package dev.aicore.discovery.api.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.lease.LeaseState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the code with the truth table in docs/api.md. */
class InstanceStatusTest {

    private static final Path DOCUMENT = Path.of("../docs/api.md");

    record Row(
            String declared,
            String lease,
            String health,
            String breaker,
            String status,
            String listed,
            String discovered,
            String unhealthyToo) {

        boolean covers(InstanceState state) {
            return matches(declared, state.declared().jsonName())
                    && matches(lease, state.lease().jsonName())
                    && matches(health, state.health().jsonName())
                    && matches(breaker, state.breaker().jsonName());
        }

        private static boolean matches(String cell, String word) {
            return cell.equals("any") || cell.equals(word);
        }
    }

    static List<InstanceState> states() {
        var states = new ArrayList<InstanceState>();
        for (var adminState : AdminState.values()) {
            for (var lease : LeaseState.values()) {
                for (var healthState : HealthState.values()) {
                    for (var breakerState : BreakerState.values()) {
                        states.add(new InstanceState(adminState, lease, healthState, breakerState));
                    }
                }
            }
        }
        return states;
    }

    @ParameterizedTest
    @MethodSource("states")
    void status_ofEachCombination_matchesDocumentation(InstanceState state) throws IOException {
        var rows = table().filter(row -> row.covers(state)).toList();

        assertThat(rows).hasSize(1);
        var row = rows.getFirst();
        assertThat(state.status().jsonName()).isEqualTo(row.status());
        assertThat(row.listed()).as("every present instance is listed").isEqualTo("yes");
    }

    @Test
    void documentation_namesEveryStatus() throws IOException {
        assertThat(table().map(Row::status).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(InstanceStatus.values())
                        .map(InstanceStatus::jsonName)
                        .toList());
    }

    @Test
    void stateWords_roundTrip() {
        assertThat(states())
                .allSatisfy(state -> assertThat(new InstanceState(
                                AdminState.of(state.declared().jsonName()),
                                LeaseState.of(state.lease().jsonName()),
                                HealthState.of(state.health().jsonName()),
                                BreakerState.of(state.breaker().jsonName())))
                        .isEqualTo(state));
    }

    private static Stream<Row> table() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith("| declared |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
                .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]));
    }
}
