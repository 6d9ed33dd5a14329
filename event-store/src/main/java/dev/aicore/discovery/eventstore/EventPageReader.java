package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/**
 * Reads events by position, page by page, for folds that keep their own place. An {@link UnreadableEvent} stands for an
 * event that can't be read. Blocks.
 */
public final class EventPageReader {

    private final EventReader reader;
    private final EventDecoder decoder;

    public EventPageReader(JdbcQueryRunner jdbcQueryRunner, Serializer serializer, EventUpcaster upcasters) {
        this.reader = new EventReader(jdbcQueryRunner);
        this.decoder = new EventDecoder(serializer, upcasters);
    }

    /**
     * Returns the facts after a position.
     *
     * @param limit maximum number of facts, at least 1
     * @throws NewerEventException if the first fact is of a newer version; a later one ends the page before it
     * @throws StoreUnavailableException if the database fails
     */
    public EventPage facts(long after, int limit) {
        return page(reader.facts(after, limit), after, limit);
    }

    /** Returns facts like {@link #facts(long, int)}, read on the given connection. */
    EventPage facts(Connection connection, long after, int limit) throws SQLException {
        return page(EventReader.facts(connection, after, limit), after, limit);
    }

    /**
     * Returns facts and observations, otherwise like {@link #facts(long, int)}.
     *
     * @throws HistoryCompactedException if retention has dropped some of them
     */
    public EventPage all(long after, int limit) {
        return page(reader.all(after, limit), after, limit);
    }

    /**
     * Returns the facts of the stream of API keys.
     *
     * @param fromSeq sequence number in the stream, from 0
     * @param limit maximum number of facts, at least 1
     */
    List<TrackedEventMessage<?>> access(long fromSeq, int limit) {
        return decoder.page(reader.ofShard(ShardPartitioner.ACCESS, fromSeq, limit));
    }

    /**
     * Returns one fact of an aggregate.
     *
     * @param aggregate name of the aggregate
     * @param seq sequence number of the fact in the aggregate's stream, from 0
     * @throws IllegalArgumentException if the aggregate has no such fact
     * @throws UnreadableEventException if the fact can't be read
     * @throws StoreUnavailableException if the database fails
     */
    public Object fact(String aggregate, long seq) {
        var stored = reader.ofShard(ShardPartitioner.streamNumber(aggregate), seq, 1).stream()
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

    /**
     * Page of events in the order of their positions.
     *
     * @param events events of the current revisions
     * @param readTo position to continue from; may lie beyond the last event, and equals the requested position at the
     *     end
     * @param full true if there may be more events at present
     */
    public record EventPage(List<TrackedEventMessage<?>> events, long readTo, boolean full) {

        public EventPage {
            events = List.copyOf(events);
        }
    }
}
