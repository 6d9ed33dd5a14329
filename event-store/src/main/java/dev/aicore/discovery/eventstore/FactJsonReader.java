package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a fact says for whoever tells facts as they were written and folds none. */
public final class FactJsonReader {

    private FactJsonReader() {}

    /**
     * Returns what a fact says.
     *
     * @param checksum as its row has it; null if it has none
     * @param instanceId null if it is about its shard
     * @param payload as its row has it
     * @return null if its row was changed or damaged, or has no JSON object
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
            return WireJson.mapper().readTree(payload) instanceof ObjectNode said ? said : null;
        } catch (JacksonException damaged) {
            return null;
        }
    }
}
