package dev.aicore.discovery.projection.bundle;

import java.time.Instant;

/**
 * The first line of a bundle.
 *
 * @param bundle always {@value #NAME}
 * @param version of the format
 * @param store names the store that it is of
 * @param shards of that store
 * @param from the first moment that it can answer for
 * @param to the last one
 */
public record BundleHeader(String bundle, int version, String store, int shards, Mark from, Mark to) {

    public static final String NAME = "service-discovery-bundle";

    /** What this version of the registry writes; it reads those before, too. */
    public static final int VERSION = 2;

    private static final int FIRST_WITH_SCHEMAS = 2;

    /** Whether it has the schemas that were declared before it begins. */
    public boolean hasSchemas() {
        return version >= FIRST_WITH_SCHEMAS;
    }

    /** A moment, and the position that it is. */
    public record Mark(long position, Instant at) {}
}
