package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Contents;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * When a shard writes down who sits where, and how.
 *
 * @param mostSlotsLeft a slot waits for a checkpoint before it is used again: so many waiting are worth one
 * @param mostObservations so many since the last one are worth one
 * @param chunkBytes a chunk is full when it has so many; one entry more may go in
 */
record CheckpointPolicy(int mostSlotsLeft, long mostObservations, int chunkBytes) {

    /** A chunk of so many ids of the longest kind stays below 512 KiB. */
    static final CheckpointPolicy USUAL = new CheckpointPolicy(4_096, 5_000_000, 500_000);

    private static final int ENTRY_OVERHEAD = 16;

    List<ShardCheckpointed> ifDue(ShardState state) {
        boolean due = state.slots.leftCount() >= mostSlotsLeft || state.observationsSinceCheckpoint >= mostObservations;
        return due ? chunks(state) : List.of();
    }

    /** All chunks of one, due or not. */
    List<ShardCheckpointed> chunks(ShardState state) {
        var chunks = split(state);
        var events = new ArrayList<ShardCheckpointed>();
        for (int i = 0; i < chunks.size(); i++) {
            events.add(ShardCheckpointed.of(new Contents(state.generation + 1, i, chunks.size(), chunks.get(i))));
        }
        return events;
    }

    private List<List<Entry>> split(ShardState state) {
        var chunks = new ArrayList<List<Entry>>();
        var chunk = new ArrayList<Entry>();
        int size = 0;
        for (var instance : state.slots.occupants().toList()) {
            if (size > chunkBytes) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                size = 0;
            }
            chunk.add(new Entry(instance.slot, instance.renewedAt, instance.id));
            size += instance.id.length() + ENTRY_OVERHEAD;
        }
        chunks.add(chunk);
        return chunks;
    }
}
