package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.eventstore.EventChecksum;
import dev.aicore.discovery.query.history.SlotAssignments.SlotAssignment;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Reads and unpacks the observations of an instance. */
final class ObservationHistoryReader {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationHistoryReader.class);

    private static final String SPAN = """
            SELECT position, seq, recorded_at, shard, revision, type, payload, checksum FROM store.observations
            WHERE shard = :shard AND type <> '%s' AND position > :after AND position <= :last
            ORDER BY position
            """.formatted(WireTypes.nameOf(ShardCheckpointed.class));

    private static final String OBSERVED = WireTypes.nameOf(ObservationsRecorded.class);

    private final Database database;

    ObservationHistoryReader(Database database) {
        this.database = database;
    }

    /** Returns the observations of one slot assignment between two positions, the first exclusive, oldest first. */
    Mono<List<HistoryEntry>> read(SlotAssignment slotAssignment, long after, long last) {
        return database.run(client -> client.sql(SPAN)
                .bind("shard", slotAssignment.shard())
                .bind("after", Math.max(after, slotAssignment.since()))
                .bind("last", Math.min(last, slotAssignment.until() - 1))
                .map(row -> entries(slotAssignment, PrefixedColumns.of(row)))
                .all()
                .collect(ArrayList::new, List::addAll));
    }

    /**
     * Unpacks a row. If the row can't be read or was quarantined, it is unknown whether it contains observations of the
     * slot; the result then states that.
     */
    private static List<HistoryEntry> entries(SlotAssignment slotAssignment, PrefixedColumns row) {
        long position = row.number("position");
        var payload = row.bytesOrNull("payload");
        if (payload != null && isIntact(row, payload)) {
            try {
                return unpack(slotAssignment, position, payload);
            } catch (IllegalArgumentException damaged) {
                LOG.debug("The observations at position {} are unreadable.", position, damaged);
            }
        }
        return List.of(ObservationEntryMapper.unreadable(slotAssignment, position, row.instant("recorded_at")));
    }

    private static List<HistoryEntry> unpack(SlotAssignment slotAssignment, long position, byte[] payload) {
        var entries = new ArrayList<HistoryEntry>();
        new ObservationsRecorded(payload).forEach((slot, kind, observedAt, decidedAt, first, second) -> {
            if (slot == slotAssignment.slot()) {
                entries.add(ObservationEntryMapper.of(slotAssignment, position, kind, observedAt, first, second));
            }
        });
        return entries;
    }

    private static boolean isIntact(PrefixedColumns row, byte[] payload) {
        var type = row.text("type");
        return type.equals(OBSERVED)
                && EventChecksum.matches(
                        row.integerOrNull("checksum"),
                        row.integer("shard"),
                        row.number("seq"),
                        row.integer("revision"),
                        type,
                        null,
                        payload);
    }
}
