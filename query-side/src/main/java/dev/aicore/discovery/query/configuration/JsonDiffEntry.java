package dev.aicore.discovery.query.configuration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Difference between two configurations at one path, in a readable form.
 *
 * @param path JSON Pointer (RFC 6901)
 * @param before null if the value was added
 * @param after null if the value was removed
 */
record JsonDiffEntry(
        String path,
        Change change,
        @Nullable RawValue before,
        @Nullable RawValue after) {

    /** Kind of difference. */
    enum Change {
        ADDED,
        REMOVED,
        REPLACED
    }

    /**
     * Step of a JSON Patch (RFC 6902).
     *
     * @param value null for a step without a value
     */
    record Step(String op, String path, @Nullable RawValue value) {}

    Step step() {
        return switch (change) {
            case ADDED -> new Step("add", path, after);
            case REMOVED -> new Step("remove", path, null);
            case REPLACED -> new Step("replace", path, after);
        };
    }
}
