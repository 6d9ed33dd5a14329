package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Contents;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a shard records a checkpoint, and splits it into chunks.
 *
 * @param mostSlotsLeft number of vacated slots that makes a checkpoint due; a vacated slot is reused only after a
 *     checkpoint
 * @param mostObservations number of observations since the last checkpoint that makes a checkpoint due
 * @param chunkBytes size from which a chunk is full; it may exceed the size by one entry
 */
record CheckpointPolicy(int mostSlotsLeft, long mostObservations, int chunkBytes) {

    /** Policy in production. A chunk of ids of the maximum length stays below 512 KiB. */
    static final CheckpointPolicy DEFAULT = new CheckpointPolicy(4_096, 5_000_000, 500_000);

    private static final int ENTRY_OVERHEAD = 16;

    List<ShardCheckpointed> ifDue(ShardState state) {
        boolean due =
                state.slots.vacatedCount() >= mostSlotsLeft || state.observationsSinceCheckpoint >= mostObservations;
        return due ? chunks(state) : List.of();
    }

    /** Returns all chunks of a checkpoint, whether it is due or not. */
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
