package dev.aicore.discovery.projection.bundle;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * First line of a bundle.
 *
 * @param bundle always {@value #NAME}
 * @param version version of the format
 * @param store incarnation of the exported store
 * @param shards number of shards of that store
 * @param from first point in time that the bundle can answer for
 * @param to last point in time
 * @param settings settings that decisions about instances depend on, by name; null before version 3
 * @param observations summary of the observations; null before version 3
 */
public record BundleHeader(
        String bundle,
        int version,
        String store,
        int shards,
        Mark from,
        Mark to,
        @Nullable Map<String, String> settings,
        @Nullable ObservationSummary observations) {

    public static final String NAME = "service-discovery-bundle";

    /** Format version that this registry writes; it also reads all earlier versions. */
    public static final int VERSION = 3;

    private static final int FIRST_WITH_SCHEMAS = 2;

    /** Returns true if the bundle contains the schemas that were declared before its start. */
    public boolean hasSchemas() {
        return version >= FIRST_WITH_SCHEMAS;
    }

    /** Point in time and its position. */
    public record Mark(long position, Instant at) {}

    /**
     * Summary of a bundle's observations. One row contains the observations of one batch.
     *
     * @param rows number of rows in the exported range
     * @param bytes size of these rows
     * @param omitted reason why the bundle contains none of them, as the end of a sentence; null if it contains all
     */
    public record ObservationSummary(
            long rows, long bytes, @Nullable String omitted) {}
}
