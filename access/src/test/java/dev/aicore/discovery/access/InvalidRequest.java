package dev.aicore.discovery.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Invalid request, and the problem that must answer it.
 *
 * @param body each character stands for one byte, so that a body can be invalid UTF-8; empty if there is none
 * @param chunked true to send the body without its length
 * @param field field, parameter or header that the problem names
 * @param rejected offending value that the problem shows; null if it shows none
 * @param expected part of the expectation that the problem states
 */
record InvalidRequest(
        String name,
        HttpMethod method,
        String uri,
        String body,
        boolean chunked,
        String contentType,
        @Nullable String accept,
        int status,
        String code,
        String field,
        @Nullable Object rejected,
        String expected) {

    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    /** Creates a POST of a JSON text, which is written with single quotes, that is refused with 400. */
    static InvalidRequest json(
            String name, String body, String code, String field, @Nullable Object rejected, String expected) {
        return post(name, body.replace('\'', '"'), JSON, 400, code, field, rejected, expected);
    }

    /** Creates a POST of bytes that are refused as a whole. */
    static InvalidRequest bytes(String name, String body, String code, int status, String rejected, String expected) {
        return post(name, body, JSON, status, code, "body", rejected, expected);
    }

    /** Creates a POST of valid JSON with another content type. */
    static InvalidRequest type(String type) {
        return post(type, "{\"name\":\"a\"}", type, 415, "unsupported_media_type", "Content-Type", type, JSON);
    }

    static InvalidRequest get(
            String name,
            String uri,
            int status,
            String code,
            String field,
            @Nullable Object rejected,
            String expected) {
        return new InvalidRequest(
                name, HttpMethod.GET, uri, "", false, JSON, null, status, code, field, rejected, expected);
    }

    private static InvalidRequest post(
            String name,
            String body,
            String contentType,
            int status,
            String code,
            String field,
            @Nullable Object rejected,
            String expected) {
        return new InvalidRequest(
                name,
                HttpMethod.POST,
                "/things",
                body,
                false,
                contentType,
                null,
                status,
                code,
                field,
                rejected,
                expected);
    }

    InvalidRequest method(HttpMethod other) {
        return with(other, chunked, accept);
    }

    InvalidRequest accept(String types) {
        return with(method, chunked, types);
    }

    InvalidRequest inChunks() {
        return with(method, true, accept);
    }

    private InvalidRequest with(HttpMethod method, boolean chunked, @Nullable String accept) {
        return new InvalidRequest(
                name, method, uri, body, chunked, contentType, accept, status, code, field, rejected, expected);
    }

    @Override
    public String toString() {
        return name;
    }
}
