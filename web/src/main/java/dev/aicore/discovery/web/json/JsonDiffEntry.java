package dev.aicore.discovery.web.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Difference between two JSON documents at one path, in a readable form.
 *
 * @param path JSON Pointer (RFC 6901)
 * @param before null if the value was added
 * @param after null if the value was removed
 */
public record JsonDiffEntry(
        String path,
        Change change,
        @Nullable RawValue before,
        @Nullable RawValue after) {

    /** Kind of difference. */
    public enum Change {
        ADDED,
        REMOVED,
        REPLACED
    }

    public JsonPatchOperation operation() {
        return switch (change) {
            case ADDED -> new JsonPatchOperation("add", path, after);
            case REMOVED -> new JsonPatchOperation("remove", path, null);
            case REPLACED -> new JsonPatchOperation("replace", path, after);
        };
    }
}
