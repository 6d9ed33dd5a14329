package dev.aicore.discovery.projection.axonserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.AxonServerSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import io.axoniq.axonserver.grpc.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what a store has with what was exported from it. */
final class FactExportFixture {

    private FactExportFixture() {}

    static AxonServerSettings settings(String address, String context) {
        return settings(address, context, Duration.ofSeconds(5));
    }

    static AxonServerSettings settings(String address, String context, Duration timeout) {
        return new AxonServerSettings(
                List.of(address), context, null, false, null, 50, timeout, Duration.ofMillis(100));
    }

    static FactExportWorker worker(AxonServerSettings settings, ReadModelStoreFixture store) {
        return new FactExportWorker(settings, "test", store.access, new TimeSource.SystemTimeSource());
    }

    /** Returns the positions of the facts of each instance, in their order, as the store has them. */
    static Map<String, List<Long>> stored(TestPostgres postgres) {
        var stored = new LinkedHashMap<String, List<Long>>();
        postgres.texts("SELECT position || ' ' || instance_id FROM store.facts"
                        + " WHERE instance_id IS NOT NULL ORDER BY position")
                .forEach(row -> {
                    var parts = row.split(" ", 2);
                    stored.computeIfAbsent(parts[1], _ -> new ArrayList<>()).add(Long.parseLong(parts[0]));
                });
        return stored;
    }

    /** Returns the positions of the facts of each instance, in their order, as they were exported. */
    static Map<String, List<Long>> exported(List<Event> events) {
        var exported = new LinkedHashMap<String, List<Long>>();
        events.forEach(event -> {
            var positions = exported.computeIfAbsent(event.getAggregateIdentifier(), _ -> new ArrayList<>());
            assertThat(event.getAggregateSequenceNumber()).isEqualTo(positions.size());
            positions.add(event.getMetaDataOrThrow(FactEventEncoder.POSITION).getNumberValue());
        });
        return exported;
    }
}
