package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.web.JsonPatchOperation;
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

    JsonPatchOperation operation() {
        return switch (change) {
            case ADDED -> new JsonPatchOperation("add", path, after);
            case REMOVED -> new JsonPatchOperation("remove", path, null);
            case REPLACED -> new JsonPatchOperation("replace", path, after);
        };
    }
}
