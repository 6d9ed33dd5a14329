package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.discovery.ConnectionCountSource.Report;
import dev.aicore.discovery.query.discovery.ConnectionCountSource.Reports;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.readmodel.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class ConnectionCountReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant AT = ReadModelRows.AT;

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    @Test
    void read_returnsReportsBeyondPositionsOfRequestedServices() {
        var rows = registry.rows();
        rows.instance(SampleInstance.of("orders", "a").slot(0, 1), 1);
        rows.instance(SampleInstance.of("orders", "b").slot(1, 2), 2);
        rows.instance(SampleInstance.of("orders", "silent").slot(2, 3), 3);
        rows.instance(SampleInstance.of("billing", "c").slot(3, 4), 4);
        rows.instance(SampleInstance.of("others", "d").slot(4, 5), 5);
        rows.connections(3, 0, 10, 7, AT);
        rows.connections(3, 1, 11, 0, AT.plusSeconds(1));
        rows.seen(3, 2, 12, AT);
        rows.connections(3, 3, 10, 9, AT);
        rows.connections(3, 4, 14, 9, AT);
        rows.watermark("last_seen", 20);

        assertThat(read(reader(100), Map.of("orders", 0L, "billing", 10L)))
                .isEqualTo(new Reports(
                        List.of(
                                new Report("orders", "a", 7, AT, 10),
                                new Report("orders", "b", 0, AT.plusSeconds(1), 11)),
                        20));
        assertThat(read(reader(100), Map.of("orders", 11L)).reports()).isEmpty();
        assertThat(reader(100).readMark().block(PATIENCE)).isEqualTo(20);
    }

    @Test
    void read_ofReusedSlot_ignoresReportsOfPreviousOccupant() {
        var rows = registry.rows();
        rows.instance(SampleInstance.of("orders", "new").slot(0, 11), 11);
        rows.connections(3, 0, 10, 7, AT);
        rows.watermark("last_seen", 20);

        assertThat(read(reader(100), Map.of("orders", 0L)).reports()).isEmpty();
    }

    @Test
    void read_withRowLimit_endsAtWholeEventAndContinues() {
        var rows = registry.rows();
        for (int slot = 0; slot < 6; slot++) {
            rows.instance(SampleInstance.of("orders", "i-" + slot).slot(slot, 1), 1);
            rows.connections(3, slot, 10 + slot / 3, slot, AT);
        }
        rows.watermark("last_seen", 20);

        var first = read(reader(2), Map.of("orders", 0L));
        assertThat(first.reports()).extracting(Report::id).containsExactlyInAnyOrder("i-0", "i-1", "i-2");
        assertThat(first.upTo()).isEqualTo(10);
        var second = read(reader(4), Map.of("orders", first.upTo()));
        assertThat(second.reports()).extracting(Report::id).containsExactlyInAnyOrder("i-3", "i-4", "i-5");
        assertThat(second.upTo()).isEqualTo(20);
    }

    private static Reports read(ConnectionCountReader reader, Map<String, Long> positions) {
        return Objects.requireNonNull(reader.readAfter(positions, 20).block(PATIENCE));
    }

    private static ConnectionCountReader reader(int mostRows) {
        return new ConnectionCountReader(registry.server().bean(Database.class), mostRows);
    }
}
