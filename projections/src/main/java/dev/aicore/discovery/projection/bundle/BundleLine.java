package dev.aicore.discovery.projection.bundle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Line of a bundle after its header. */
sealed interface BundleLine {

    /** Row of a read model, as it was at the start of the bundle. */
    record RowLine(String table, JsonNode row) implements BundleLine {}

    /** Fact of the store, from the last one at or before the start of the bundle. */
    record FactLine(BundleFact fact) implements BundleLine {}

    /** Packed observations of one batch, as the store holds them. */
    record ObservationLine(BundleObservation observation) implements BundleLine {}

    /** Last line of a bundle. */
    record TrailerLine(Trailer end) implements BundleLine {}

    /**
     * Fact as the store holds it.
     *
     * @param payload as it was written, but without the hash of an API key; null if it can't be read
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
     * Row of observations as the store holds it.
     *
     * @param payload packed observations in Base64; null if they can't be read
     */
    record BundleObservation(
            long position,
            long seq,
            Instant recordedAt,
            int shard,
            int revision,
            String type,
            @Nullable String payload) {}

    /**
     * Totals of the bundle.
     *
     * @param rows number of rows of read models
     * @param facts number of facts
     * @param sha256 checksum of all bytes before this line
     */
    record Trailer(long rows, long facts, String sha256) {}
}
