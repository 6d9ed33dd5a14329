package dev.aicore.discovery.query.configuration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * One thing in which a configuration differs from another, as people read it.
 *
 * @param path a JSON Pointer (RFC 6901)
 * @param before null if it was added
 * @param after null if it was removed
 */
record JsonDiffEntry(
        String path,
        Change change,
        @Nullable RawValue before,
        @Nullable RawValue after) {

    /** What happened there. */
    enum Change {
        ADDED,
        REMOVED,
        REPLACED
    }

    /**
     * The same as a step of a JSON Patch (RFC 6902).
     *
     * @param value null if the step takes none
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
