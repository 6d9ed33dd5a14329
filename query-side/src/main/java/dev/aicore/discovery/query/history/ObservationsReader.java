package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.history.Seats.Seat;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Unpacks what was observed of an instance. */
final class ObservationsReader {

    private static final String SPAN = """
            SELECT position, payload FROM store.observations
            WHERE shard = :shard AND type = '%s' AND position > :after AND position <= :last
            ORDER BY position
            """.formatted(WireTypes.nameOf(ObservationsRecorded.class));

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

    private static List<HistoryEntry> entries(Seat seat, Columns row) {
        long position = row.number("position");
        var entries = new ArrayList<HistoryEntry>();
        new ObservationsRecorded(row.bytes("payload")).forEach((slot, kind, observedAt, decidedAt, first, second) -> {
            if (slot == seat.slot()) {
                entries.add(ObservedEntry.of(seat, position, kind, observedAt, first, second));
            }
        });
        return entries;
    }
}
