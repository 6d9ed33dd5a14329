package dev.aicore.discovery.web;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** What a caller has already, by {@code If-None-Match} (RFC 9110, 13.1.2). A value that isn't well-formed is no tag of ours. */
public record IfNoneMatchHeader(List<String> headers) {

    public static final IfNoneMatchHeader NONE = new IfNoneMatchHeader(List.of());

    /** Reads them from a request. */
    public static IfNoneMatchHeader of(HttpHeaders request) {
        var given = request.get(HttpHeaders.IF_NONE_MATCH);
        return given == null ? NONE : new IfNoneMatchHeader(given);
    }

    /**
     * Returns whether the caller has what that tag stands for. Weak and strong tags compare alike.
     *
     * @param tag with its quotes
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
