package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.eventstore.EventChecksum;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.history.Seats.Seat;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Unpacks what was observed of an instance. */
final class ObservationsReader {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationsReader.class);

    private static final String SPAN = """
            SELECT position, seq, recorded_at, shard, revision, type, payload, checksum FROM store.observations
            WHERE shard = :shard AND type <> '%s' AND position > :after AND position <= :last
            ORDER BY position
            """.formatted(WireTypes.nameOf(ShardCheckpointed.class));

    private static final String OBSERVED = WireTypes.nameOf(ObservationsRecorded.class);

    private final Database database;

    ObservationsReader(Database database) {
        this.database = database;
    }

    /** Of one seat between two positions, the first exclusive, the oldest first. */
    Mono<List<HistoryEntry>> span(Seat seat, long after, long last) {
        return database.run(client -> client.sql(SPAN)
                .bind("shard", seat.shard())
                .bind("after", Math.max(after, seat.since()))
                .bind("last", Math.min(last, seat.until() - 1))
                .map(row -> entries(seat, Columns.of(row)))
                .all()
                .collect(ArrayList::new, List::addAll));
    }

    /** Where a row can't be read, or was quarantined, nobody knows whether something was observed of the seat: that is told. */
    private static List<HistoryEntry> entries(Seat seat, Columns row) {
        long position = row.number("position");
        var payload = row.bytesOrNull("payload");
        if (payload != null && isIntact(row, payload)) {
            try {
                return unpack(seat, position, payload);
            } catch (IllegalArgumentException damaged) {
                LOG.debug("The observations at position {} can't be read.", position, damaged);
            }
        }
        return List.of(ObservedEntry.unreadable(seat, position, row.instant("recorded_at")));
    }

    private static List<HistoryEntry> unpack(Seat seat, long position, byte[] payload) {
        var entries = new ArrayList<HistoryEntry>();
        new ObservationsRecorded(payload).forEach((slot, kind, observedAt, decidedAt, first, second) -> {
            if (slot == seat.slot()) {
                entries.add(ObservedEntry.of(seat, position, kind, observedAt, first, second));
            }
        });
        return entries;
    }

    private static boolean isIntact(Columns row, byte[] payload) {
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
