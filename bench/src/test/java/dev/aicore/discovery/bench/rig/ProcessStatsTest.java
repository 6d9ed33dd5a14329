package dev.aicore.discovery.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessStatsTest {

    private final ProcessHandle own = ProcessHandle.current();

    @Test
    void stats_ofCurrentProcess_arePositive() {
        assumeTrue(Files.exists(Path.of("/proc/self/smaps_rollup")));

        assertThat(ProcessStats.cpuNanos(Stream.of(own))).isPositive();
        assertThat(ProcessStats.residentBytes(own)).isPositive();
        assertThat(ProcessStats.sharedBytes(Stream.of(own))).isPositive();
        assertThat(ProcessStats.program(own)).isEqualTo("java");
    }
}
