package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure as callers see it (RFC 9457).
 *
 * @param instance path of the request; null if it had none
 * @param errors may be empty
 * @param traceId id of the request's trace; null if it has none
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        List<FieldError> errors,
        String requestId,
        @Nullable String traceId) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(RegistryException refusal, @Nullable String path, String requestId) {
        return of(refusal, path, requestId, null);
    }

    static Problem of(RegistryException refusal, @Nullable String path, String requestId, @Nullable String traceId) {
        ErrorCode code = refusal.code();
        return new Problem(
                code.type(),
                code.title(),
                code.status(),
                DisplayText.abbreviateSentence(refusal.detail()),
                path == null ? null : DisplayText.abbreviate(path),
                code.code(),
                refusal.errors().stream().map(Problem::shown).toList(),
                requestId,
                traceId);
    }

    byte[] json() {
        return ApiJson.mapper().writeValueAsBytes(this);
    }

    private static FieldError shown(FieldError error) {
        Object rejected = error.rejectedValue();
        return new FieldError(
                DisplayText.abbreviate(error.field()),
                DisplayText.abbreviateSentence(error.message()),
                rejected == null || rejected instanceof Number || rejected instanceof Boolean
                        ? rejected
                        : DisplayText.abbreviate(rejected.toString()),
                error.expected() == null ? null : DisplayText.abbreviateSentence(error.expected()));
    }
}
