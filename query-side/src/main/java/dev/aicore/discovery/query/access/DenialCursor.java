package dev.aicore.discovery.query.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Position in the list of denials, newest first; passed to callers as a cursor. */
record DenialCursor(Instant minute, String who, String route, String code) {

    /** Start of the list. */
    static final DenialCursor START = new DenialCursor(Instant.parse("9999-12-31T23:59:59Z"), "", "", "");

    private static final String PARAMETER = "cursor";
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 4;
    private static final TextConstraint CURSOR = TextConstraint.nonEmpty(2_048);

    static DenialCursor of(AccessDenial last) {
        return new DenialCursor(last.minute(), last.who(), last.route(), last.code());
    }

    /** Parses the parameter {@code cursor}; violations are collected in the parameters. */
    static DenialCursor of(QueryParameters queryParameters) {
        var cursor = queryParameters.textOrNull(PARAMETER, CURSOR);
        var place = cursor == null ? START : parse(cursor);
        if (place == null) {
            queryParameters.reject(PARAMETER, "is not a cursor of this list", "the next_cursor of the previous page");
            return START;
        }
        return place;
    }

    /** Returns the cursor's text form. */
    String cursor() {
        var text = String.join(SEPARATOR, Long.toString(minute.getEpochSecond()), who, route, code);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static @Nullable DenialCursor parse(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(SEPARATOR, -1);
            // PostgreSQL rejects text that contains NUL and times outside its range.
            return parts.length != PARTS
                            || cursor.isEmpty()
                            || String.join("", parts).indexOf('\0') >= 0
                    ? null
                    : new DenialCursor(second(parts[0]), parts[1], parts[2], parts[3]);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Instant second(String text) {
        long second = Long.parseLong(text);
        if (second < 0 || second > START.minute.getEpochSecond()) {
            throw new IllegalArgumentException(text);
        }
        return Instant.ofEpochSecond(second);
    }
}
