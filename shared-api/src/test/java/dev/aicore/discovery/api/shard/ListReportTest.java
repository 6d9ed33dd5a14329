package dev.aicore.discovery.api.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListReportTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "5, 5", "44, 50", "2147483647, 2147483650", "2147483649, 2147483653", "9999999999, 10000000000"
    })
    void position_isUnpackedByPositionOfObservation(long position, long observation) {
        var report = new ListReport("payments", position, 0);

        assertThat(report.packedPosition()).isNotNegative();
        assertThat(ListReport.unpack(report.packedPosition(), observation)).isEqualTo(position);
    }
}
