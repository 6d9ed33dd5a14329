package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the rules with the truth table in docs/api.md. */
class BalancingStatusTest {

    private static final Path DOCUMENT = Path.of("../docs/api.md");

    record Row(String status, boolean discovered, boolean unhealthyToo) {}

    private record Sample(BalancingStatus status, int weight) implements BalancedInstance {

        @Override
        public String id() {
            return "i-1";
        }

        @Override
        public String zone() {
            return "";
        }

        @Override
        public boolean isOverdue() {
            return false;
        }

        @Override
        public boolean isOnTrial() {
            return false;
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith("| declared |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
                .map(cells -> new Row(cells[4], cells[6].equals("yes"), cells[7].equals("yes")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void status_isDiscoveredAsDocumented(Row row) {
        var status = BalancingStatus.of(row.status());

        assertThat(status.isDiscovered(false)).isEqualTo(row.discovered());
        assertThat(status.isDiscovered(true)).isEqualTo(row.unhealthyToo());
        assertThat(EligibilityPolicy.isEligible(new Sample(status, 1), false, false))
                .isEqualTo(row.discovered());
        assertThat(EligibilityPolicy.isEligible(new Sample(status, 0), false, true))
                .isFalse();
    }

    @Test
    void documentation_namesEveryStatus() throws IOException {
        assertThat(rows().map(row -> BalancingStatus.of(row.status())).distinct())
                .containsExactlyInAnyOrder(BalancingStatus.values());
    }

    @ParameterizedTest
    @CsvSource({"0.3, 10, 3, false", "0.3, 10, 2, true", "0, 10, 0, false", "1, 10, 9, true", "1, 0, 0, false"})
    void panic_beginsBelowThreshold(double threshold, int inService, int healthy, boolean panics) {
        assertThat(new PanicPolicy(threshold).panics(inService, healthy)).isEqualTo(panics);
        assertThat(EligibilityPolicy.isEligible(new Sample(BalancingStatus.EJECTED, 1), panics, false))
                .isEqualTo(panics);
        assertThat(EligibilityPolicy.isEligible(new Sample(BalancingStatus.DRAINING, 1), panics, true))
                .isFalse();
    }
}
