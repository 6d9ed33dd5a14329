package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a stream for an event that can't be read, so that whoever folds the stream can set it aside and go on.
 *
 * @param type       the name of its type as the row has it, which may be damaged, too; empty if it has none
 * @param instanceId whom it is about, as the row has it; null if it is about a shard, or that was lost
 * @param stream     the name of the shard, or of the book beside the shards
 * @param reason     why it can't be read, with its position
 */
public record UnreadableEvent(String type, @Nullable String instanceId, String stream, String reason) {

    static UnreadableEvent of(StoredEvent event, UnreadableEventException cause) {
        return new UnreadableEvent(
                event.type(),
                event.instanceId(),
                ShardPartitioner.name(event.shard()),
                String.valueOf(cause.getMessage()));
    }

    /** Whether it is of a shard, rather than of a book beside the shards. */
    public boolean isOfShard() {
        return ShardPartitioner.number(stream) >= 0;
    }

    /** Returns what it is ordered with, as far as that is known: its instance's id, or else the name of its stream. */
    public String sequence() {
        return instanceId == null ? stream : instanceId;
    }
}
