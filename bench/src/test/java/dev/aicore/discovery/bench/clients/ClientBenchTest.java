package dev.aicore.discovery.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClientBenchTest {

    private static final List<ClientScenario> ALL = List.of(ClientScenario.values());

    /** Scenarios of the plain client that need one server. Doesn't verify any figure: the machine may be busy. */
    private static final List<ClientScenario> SHORT =
            List.of(ClientScenario.LEAVE, ClientScenario.PICK, ClientScenario.LISTS);

    @Test
    @Tag("integration")
    @Timeout(300)
    void run_inItsShortForm_measuresEachFigure() throws Exception {
        var options = new ClientBenchOptions(SHORT, 5, Duration.ofSeconds(3), Duration.ofSeconds(1), 20, 200, false);

        var figures = ClientBench.run(options);

        assertThat(figures)
                .extracting(ClientFigure::figure)
                .containsExactly(
                        "graceful leave answered → no choice finds it",
                        "CPU of a pick, 20 instances",
                        "CPU of a pick, 20 instances",
                        "live heap of 100 services with 2 instances each",
                        "CPU while a service of 200 instances changes 200 times a second");
        assertThat(figures)
                .allSatisfy(figure -> assertThat(figure.toString())
                        .startsWith("| " + figure.figure() + " | plain")
                        .contains(figure.words()));
    }

    @Test
    void parse_readsAllOptions() {
        var options = ClientBenchOptions.parse(
                "outage", "--outage", "600", "--leaves", "50", "--seconds", "5", "--processes", "10", "--no-peers");

        assertThat(options)
                .isEqualTo(new ClientBenchOptions(
                        List.of(ClientScenario.OUTAGE),
                        50,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(5),
                        10,
                        10_000,
                        false));
        assertThat(ClientBenchOptions.parse().scenarios()).isEqualTo(ALL);
    }

    @Test
    void parse_unknownScenario_isRefusedWithTheKnownOnes() {
        assertThatExceptionOfType(BenchUsageException.class)
                .isThrownBy(() -> ClientBenchOptions.parse("watch"))
                .withMessageContaining("leave, pick, configuration, lists, streams, outage");
    }

    @Test
    void percentile_isAValueThatWasMeasured() {
        var delays = DelaySamples.ofNanos(List.of(3_000_000L, -5L, 1_000_000L, 2_000_000L));

        assertThat(delays.percentile(50)).isEqualTo(1);
        assertThat(delays.percentile(99)).isEqualTo(3);
        assertThat(delays.words()).isEqualTo("p50 1.0 ms, p99 3.0 ms, longest 3.0 ms, of 4");
    }
}
