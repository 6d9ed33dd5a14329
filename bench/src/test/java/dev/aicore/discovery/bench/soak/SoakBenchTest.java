package dev.aicore.discovery.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import dev.aicore.discovery.bench.soak.SoakSample.Quantity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SoakBenchTest {

    /** Runs all parts of the load for some seconds. */
    @Test
    @Tag("integration")
    void run_takesSamplesUnderLoadWithoutErrors() throws Exception {
        var options = new SoakOptions(Duration.ofSeconds(8), Duration.ofSeconds(4), 200, Optional.empty());

        var result = SoakBench.run(options);

        assertThat(result.failures()).isZero();
        assertThat(result.samples()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(sample -> {
            assertThat(sample.errors()).isZero();
            for (var quantity : Quantity.values()) {
                assertThat(quantity.of(sample)).as(quantity.title()).isPositive();
            }
        });
    }

    @Test
    void parse_readsAllOptions() {
        assertThat(SoakOptions.parse("--minutes", "60", "--heartbeats", "5000", "--picture", "a.svg"))
                .isEqualTo(new SoakOptions(
                        Duration.ofMinutes(60), Duration.ofSeconds(30), 5_000, Optional.of(Path.of("a.svg"))));
        assertThat(SoakOptions.parse("--minutes", "5").round()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void parse_unknownOption_isRefusedWithTheKnownOnes() {
        assertThatExceptionOfType(BenchUsageException.class)
                .isThrownBy(() -> SoakOptions.parse("--hours"))
                .withMessageContaining("'--hours' is not an option, expected --minutes N");
    }
}
