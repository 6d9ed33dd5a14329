package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.wire.NewerEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/**
 * Reads events by position, page by page, for folds that keep their own place; an {@link UnreadableEvent} stands for one that can't be
 * read. Blocks.
 */
public final class EventPageReader {

    private final EventReader positions;
    private final EventDecoder decoder;

    public EventPageReader(JdbcQueryRunner jdbcQueryRunner, Serializer serializer, EventUpcaster upcasters) {
        this.positions = new EventReader(jdbcQueryRunner);
        this.decoder = new EventDecoder(serializer, upcasters);
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
        return page(EventReader.facts(connection, after, limit), after, limit);
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
        return decoder.page(positions.ofShard(ShardPartitioner.ACCESS, fromSeq, limit));
    }

    /**
     * One fact of an aggregate.
     *
     * @param aggregate its name
     * @param seq the fact's number in the aggregate's stream, from 0
     * @throws IllegalArgumentException if the aggregate has no such fact
     * @throws UnreadableEventException if it can't be read
     * @throws StoreUnavailableException if the database fails
     */
    public Object fact(String aggregate, long seq) {
        var stored = positions.ofShard(ShardPartitioner.number(aggregate), seq, 1).stream()
                .filter(event -> event.seq() == seq);
        var events = decoder.stream(stored);
        if (!events.hasNext()) {
            throw new IllegalArgumentException(aggregate + " has no fact " + seq + ".");
        }
        return events.next().getPayload();
    }

    private EventPage page(List<StoredEvent> stored, long after, int limit) {
        var events = decoder.page(stored);
        if (events.size() < stored.size()) {
            return new EventPage(events, PositionTokens.of(events.getLast().trackingToken()), true);
        }
        return stored.isEmpty()
                ? new EventPage(events, after, false)
                : new EventPage(events, stored.getLast().position(), BoundedPageRows.isFull(stored, limit));
    }
}
