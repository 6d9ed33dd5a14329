package dev.aicore.discovery.web;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Versions that a caller already has, by {@code If-None-Match} (RFC 9110, 13.1.2). A malformed value matches no tag.
 */
public record IfNoneMatchHeader(List<String> headers) {

    public static final IfNoneMatchHeader NONE = new IfNoneMatchHeader(List.of());

    /** Reads the headers of a request. */
    public static IfNoneMatchHeader of(HttpHeaders request) {
        var given = request.get(HttpHeaders.IF_NONE_MATCH);
        return given == null ? NONE : new IfNoneMatchHeader(given);
    }

    /**
     * Returns true if the caller has the version of this tag. Weak and strong tags compare as equal.
     *
     * @param tag entity tag with its quotes
     */
    public boolean contain(String tag) {
        if (headers.isEmpty()) {
            return false;
        }
        var opaque = opaque(tag);
        return headers.stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(String::strip)
                .anyMatch(given -> given.equals("*") || opaque(given).equals(opaque));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
