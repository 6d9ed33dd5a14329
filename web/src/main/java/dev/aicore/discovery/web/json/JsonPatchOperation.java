package dev.aicore.discovery.web.json;

import org.jspecify.annotations.Nullable;

/**
 * Operation of a JSON Patch (RFC 6902).
 *
 * @param path JSON Pointer (RFC 6901)
 * @param value value that {@link dev.aicore.discovery.web.ApiJson} can write; null for {@code remove}
 */
public record JsonPatchOperation(
        String op, String path, @Nullable Object value) {

    /** Media type of a JSON Patch, which is an array of operations. */
    public static final String MEDIA_TYPE = "application/json-patch+json";
}
