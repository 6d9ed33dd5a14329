package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Contents;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Entry;
import java.util.ArrayList;
import java.util.List;

/** When a shard writes down who sits where, and how. */
final class Checkpointing {

    /** A slot waits for a checkpoint before it is used again: so many waiting are worth one. */
    private static final int MOST_SLOTS_LEFT = 4_096;

    private static final long MOST_OBSERVATIONS = 5_000_000;

    /** A chunk of so many ids of the longest kind stays below 512 KiB. */
    private static final int CHUNK_BYTES = 500_000;

    private static final int ENTRY_OVERHEAD = 16;

    private Checkpointing() {}

    static List<ShardCheckpointed> ifDue(ShardState state) {
        boolean due =
                state.slots.leftCount() >= MOST_SLOTS_LEFT || state.observationsSinceCheckpoint >= MOST_OBSERVATIONS;
        return due ? chunks(state) : List.of();
    }

    static List<ShardCheckpointed> chunks(ShardState state) {
        var chunks = new ArrayList<List<Entry>>();
        var chunk = new ArrayList<Entry>();
        int size = 0;
        for (var instance : state.present.values()) {
            if (size > CHUNK_BYTES) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                size = 0;
            }
            chunk.add(new Entry(instance.slot, instance.renewedAt, instance.id));
            size += instance.id.length() + ENTRY_OVERHEAD;
        }
        chunks.add(chunk);
        var events = new ArrayList<ShardCheckpointed>();
        for (int i = 0; i < chunks.size(); i++) {
            events.add(ShardCheckpointed.of(new Contents(state.generation + 1, i, chunks.size(), chunks.get(i))));
        }
        return events;
    }
}
