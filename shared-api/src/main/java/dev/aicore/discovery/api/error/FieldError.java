package dev.aicore.discovery.api.error;

import org.jspecify.annotations.Nullable;

/**
 * One invalid value of a request.
 *
 * @param field location: a dotted path into the body ({@code health_check.config.path}, {@code tags[3]}), the name of a
 *     query parameter or header, or {@code body}, {@code path} or {@code method} for the request as a whole
 * @param message the error, as the end of a sentence that starts with the field
 * @param rejectedValue the offending value: a String of at most 200 characters, a Number or a Boolean; null if the
 *     value is missing
 * @param expected the values that would be accepted; null if no value would be
 */
public record FieldError(
        String field,
        String message,
        @Nullable Object rejectedValue,
        @Nullable String expected) {}
