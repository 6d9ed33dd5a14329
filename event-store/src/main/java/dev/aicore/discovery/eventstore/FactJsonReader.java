package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads the JSON of facts for readers that return facts as they were written, without folding them. */
public final class FactJsonReader {

    private FactJsonReader() {}

    /**
     * Returns the JSON object of a fact.
     *
     * @param checksum checksum in the row; null if the row has none
     * @param instanceId id of the instance; null if the fact is about its shard
     * @param payload payload in the row; null if the row has none
     * @return null if the row was changed or damaged, or doesn't have a JSON object
     */
    public static @Nullable ObjectNode read(
            @Nullable Integer checksum,
            int shard,
            long seq,
            int revision,
            String type,
            @Nullable String instanceId,
            byte @Nullable [] payload) {
        if (payload == null || !EventChecksum.matches(checksum, shard, seq, revision, type, instanceId, payload)) {
            return null;
        }
        try {
            return WireJson.mapper().readTree(payload) instanceof ObjectNode json ? json : null;
        } catch (JacksonException damaged) {
            return null;
        }
    }
}
