package dev.aicore.discovery.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import org.junit.jupiter.api.Test;

class WrkGeneratorTest {

    private static final String SAID = """
            Running 10s test @ http://127.0.0.1:8080
              1 threads and 64 connections
              263640 requests in 5.00s, 800.62MB read
            Requests/sec:  52728.33
            bench: micros=5000000 answers=263630 errors=10 p50=598 p99=1030000 p999=1200500
            """;

    @Test
    void parse_ofScriptOutput_returnsRound() {
        assertThat(WrkGenerator.parse(SAID)).isEqualTo(new LoadRound(263_630, 10, 5, 0.598, 1_030, 1_200.5));
    }

    @Test
    void parse_withoutFigures_fails() {
        assertThatIllegalStateException().isThrownBy(() -> WrkGenerator.parse("unable to connect"));
    }
}
