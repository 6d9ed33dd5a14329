package dev.aicore.discovery.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessCpuTimeTest {

    /**
     * Process with 250 and 50 ticks of its own and 1,000 and 200 of ended children; its name contains misleading
     * characters.
     */
    private static final String STAT =
            "4711 (postgres: a) b (c) S 1 4711 4711 0 -1 4194304 1811 0 3 0 250 50 1000 200 20 0 1 0 12345 1000 10\n";

    @Test
    void parse_ofStat_returnsOwnAndEndedChildrenTime() {
        assertThat(ProcessCpuTime.own(STAT)).isEqualTo(3_000_000_000L);
        assertThat(ProcessCpuTime.withEnded(STAT)).isEqualTo(15_000_000_000L);
    }

    @Test
    void endedProcess_hasZeroCpuTime() {
        assertThat(ProcessCpuTime.own("")).isZero();
        assertThat(ProcessCpuTime.withEnded("")).isZero();
    }

    @Test
    void cpuTime_ofCurrentProcess_isPositive() {
        var own = ProcessHandle.current();

        assertThat(ProcessCpuTime.nanos(own)).isPositive();
        assertThat(ProcessCpuTime.withEndedNanos(Stream.of(own))).isGreaterThanOrEqualTo(ProcessCpuTime.nanos(own));
    }
}
