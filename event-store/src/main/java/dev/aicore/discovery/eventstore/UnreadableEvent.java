package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a stream for an event that can't be read, so that the folding code can set it aside and continue.
 *
 * @param type type name in the row, which may be damaged, too; empty if the row has none
 * @param instanceId instance id in the row; null if the event is about a shard, or the id is lost
 * @param stream name of the shard, or of the stream beside the shards
 * @param reason reason why the event can't be read, with its position
 */
public record UnreadableEvent(String type, @Nullable String instanceId, String stream, String reason) {

    static UnreadableEvent of(StoredEvent event, UnreadableEventException cause) {
        return new UnreadableEvent(
                event.type(),
                event.instanceId(),
                ShardPartitioner.name(event.shard()),
                String.valueOf(cause.getMessage()));
    }

    /** Returns true for an event of a shard, false for an event of a stream beside the shards. */
    public boolean isShardEvent() {
        return ShardPartitioner.streamNumber(stream) >= 0;
    }

    /**
     * Returns the sequence that the event is ordered in, as far as known: the instance id, or else the name of the
     * stream.
     */
    public String sequence() {
        return instanceId == null ? stream : instanceId;
    }
}
