package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDescriptorLimitTest {

    @ParameterizedTest
    @CsvSource({"10000, 1048576, 10000", "10000, 13333, 9999", "10000, 4096, 3072", "10000, 1, 1", "10000, -1, 1"})
    void connectionLimit_leavesQuarterOfFileDescriptors(int asked, long descriptors, int connections) {
        assertThat(FileDescriptorLimit.connections(asked, descriptors)).isEqualTo(connections);
    }
}
