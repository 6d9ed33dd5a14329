package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.api.shard.Shards;
import dev.aicore.discovery.config.eventstore.wire.NewerEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Reads events by position, page by page, for folds that keep their own place. Blocks. */
public final class EventPages {

    private final PositionReader positions;
    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public EventPages(Reads reads, Serializer serializer, EventUpcaster upcasters) {
        this.positions = new PositionReader(reads);
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /**
     * The facts beyond a position.
     *
     * @param limit most facts to read, at least 1
     * @throws NewerEventException if the first of them is of a newer version; one further on ends the page before it
     * @throws StoreUnavailableException if the database fails
     */
    public EventPage facts(long after, int limit) {
        return page(positions.facts(after, limit), after, limit);
    }

    /** The same, but reads them on a connection in hand. */
    EventPage facts(Connection connection, long after, int limit) throws SQLException {
        return page(PositionReader.facts(connection, after, limit), after, limit);
    }

    /** Like {@link #facts(long, int)}, facts and observations. */
    public EventPage all(long after, int limit) {
        return page(positions.all(after, limit), after, limit);
    }

    /**
     * The facts about keys.
     *
     * @param fromSeq number in their stream, from 0
     * @param limit most facts to read, at least 1
     */
    List<TrackedEventMessage<?>> access(long fromSeq, int limit) {
        var stored = positions.ofShard(Shards.ACCESS, fromSeq, limit);
        return EventUtils.upcastAndDeserializeTrackedEvents(stored.stream(), serializer, upcasters)
                .<TrackedEventMessage<?>>map(event -> event)
                .toList();
    }

    /**
     * One fact of an aggregate.
     *
     * @param aggregate its name
     * @param seq the fact's number in the aggregate's stream, from 0
     * @throws IllegalArgumentException if the aggregate has no such fact
     * @throws StoreUnavailableException if the database fails
     */
    public Object fact(String aggregate, long seq) {
        var stored =
                positions.ofShard(Shards.number(aggregate), seq, 1).stream().filter(entry -> entry.seq() == seq);
        return EventUtils.upcastAndDeserializeTrackedEvents(stored, serializer, upcasters)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(aggregate + " has no fact " + seq + "."))
                .getPayload();
    }

    private EventPage page(List<StoredEntry> stored, long after, int limit) {
        var events = new ArrayList<TrackedEventMessage<?>>(stored.size());
        long readTo = after;
        var upcast = EventUtils.upcastAndDeserializeTrackedEvents(stored.stream(), serializer, upcasters)
                .iterator();
        try {
            while (upcast.hasNext()) {
                var event = upcast.next();
                events.add(event);
                readTo = Positions.of(event.trackingToken());
            }
        } catch (NewerEventException e) {
            if (events.isEmpty()) {
                throw e;
            }
            return new EventPage(events, readTo, true);
        }
        return stored.isEmpty()
                ? new EventPage(events, after, false)
                : new EventPage(events, stored.getLast().position(), stored.size() == limit);
    }
}
