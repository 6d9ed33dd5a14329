package dev.aicore.discovery.projection.bundle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of a bundle behind its first. */
sealed interface Line {

    /** A row of a read model, as it was at the beginning. */
    record Row(String table, JsonNode row) implements Line {}

    /** A fact of the store, from the one that the beginning stands on. */
    record OfFact(StoredFact fact) implements Line {}

    /** The last line. */
    record End(Trailer end) implements Line {}

    /**
     * A fact as the store has it.
     *
     * @param payload as it was written, but for what a key is recognized by; null if it can't be read
     */
    record StoredFact(
            long position,
            long seq,
            Instant recordedAt,
            int shard,
            int revision,
            String type,
            @Nullable String instanceId,
            @Nullable String payload) {}

    /**
     * What is to be found before it.
     *
     * @param sha256 of all bytes before this line
     */
    record Trailer(long rows, long facts, String sha256) {}
}
