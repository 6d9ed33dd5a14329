package dev.aicore.discovery.projection.bundle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of a bundle behind its first. */
sealed interface BundleLine {

    /** A row of a read model, as it was at the beginning. */
    record RowLine(String table, JsonNode row) implements BundleLine {}

    /** A fact of the store, from the one that the beginning stands on. */
    record FactLine(BundleFact fact) implements BundleLine {}

    /** The last line. */
    record TrailerLine(Trailer end) implements BundleLine {}

    /**
     * A fact as the store has it.
     *
     * @param payload as it was written, but for what a key is recognized by; null if it can't be read
     */
    record BundleFact(
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
