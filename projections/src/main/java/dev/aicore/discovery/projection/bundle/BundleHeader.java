package dev.aicore.discovery.projection.bundle;

import java.time.Instant;

/**
 * First line of a bundle.
 *
 * @param bundle always {@value #NAME}
 * @param version version of the format
 * @param store incarnation of the exported store
 * @param shards number of shards of that store
 * @param from first point in time that the bundle can answer for
 * @param to last point in time
 */
public record BundleHeader(String bundle, int version, String store, int shards, Mark from, Mark to) {

    public static final String NAME = "service-discovery-bundle";

    /** Format version that this registry writes; it also reads all earlier versions. */
    public static final int VERSION = 2;

    private static final int FIRST_WITH_SCHEMAS = 2;

    /** Returns true if the bundle contains the schemas that were declared before its start. */
    public boolean hasSchemas() {
        return version >= FIRST_WITH_SCHEMAS;
    }

    /** Point in time and its position. */
    public record Mark(long position, Instant at) {}
}
