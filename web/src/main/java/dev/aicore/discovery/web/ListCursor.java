package dev.aicore.discovery.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Text form of a position in a list: the sort keys of the last entry of a page, joined by line feeds and encoded in
 * Base64url. Callers pass it back as the parameter {@code cursor}.
 */
public final class ListCursor {

    /** Last time that a position can have. PostgreSQL stores it. */
    public static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final String PARAMETER = "cursor";
    private static final String SEPARATOR = "\n";
    private static final TextConstraint CURSOR = TextConstraint.nonEmpty(2_048);

    private ListCursor() {}

    /** Returns the text form of sort keys without line feeds. */
    public static String encode(String... keys) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(UTF_8));
    }

    /** Returns a time as a sort key: seconds since 1970. */
    public static String timeKey(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    /** Parses a time; throws an {@link IllegalArgumentException} for another text or a time out of range. */
    public static Instant parseTime(String key) {
        long second = Long.parseLong(key);
        if (second < 0 || second > LAST_TIME.getEpochSecond()) {
            throw new IllegalArgumentException(key);
        }
        return Instant.ofEpochSecond(second);
    }

    /** Returns the sort keys of a cursor; null if it isn't one with this number of keys. */
    public static @Nullable List<String> decode(String cursor, int number) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        var keys = List.of(text.split(SEPARATOR, -1));
        // PostgreSQL rejects text that contains NUL.
        return keys.size() != number || text.indexOf('\0') >= 0 ? null : keys;
    }

    /**
     * Parses the parameter {@code cursor} of a list; violations are collected in the parameters.
     *
     * @param start position that is returned without a cursor
     * @param number number of sort keys
     * @param position returns the position of given sort keys, null if they are out of range, or throws an
     *     {@link IllegalArgumentException}
     */
    public static <T> T parse(
            QueryParameters queryParameters, T start, int number, Function<List<String>, @Nullable T> position) {
        var cursor = queryParameters.textOrNull(PARAMETER, CURSOR);
        if (cursor == null) {
            return start;
        }
        var keys = decode(cursor, number);
        var parsed = keys == null ? null : positionOrNull(keys, position);
        if (parsed == null) {
            queryParameters.reject(PARAMETER, "is not a cursor of this list", "the next_cursor of the previous page");
            return start;
        }
        return parsed;
    }

    private static <T> @Nullable T positionOrNull(List<String> keys, Function<List<String>, @Nullable T> position) {
        try {
            return position.apply(keys);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
