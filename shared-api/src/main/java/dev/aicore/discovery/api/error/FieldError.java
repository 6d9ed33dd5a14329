package dev.aicore.discovery.api.error;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param field where: a dotted path into the body ({@code health_check.config.path}, {@code tags[3]}), the name of a query
 *     parameter or header, or {@code body}, {@code path}, {@code method} for the request as a whole
 * @param message what is wrong, as the end of a sentence that starts with the field
 * @param rejectedValue the offending value: a String of at most 200 characters, a Number or a Boolean; null if the value is
 *     missing
 * @param expected what would have been taken; null if nothing would
 */
public record FieldError(
        String field,
        String message,
        @Nullable Object rejectedValue,
        @Nullable String expected) {}
