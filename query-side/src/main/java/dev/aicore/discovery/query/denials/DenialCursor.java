package dev.aicore.discovery.query.denials;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A place in the list of denials; callers carry it as a cursor. */
record DenialCursor(Instant minute, String who, String route, String code) {

    /** Before all. */
    static final DenialCursor START = new DenialCursor(Instant.parse("9999-12-31T23:59:59Z"), "", "", "");

    private static final String PARAMETER = "cursor";
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 4;
    private static final TextConstraint CURSOR = TextConstraint.filled(2_048);

    static DenialCursor of(AccessDenial last) {
        return new DenialCursor(last.minute(), last.who(), last.route(), last.code());
    }

    /** From the parameter; violations stay with the query. */
    static DenialCursor of(QueryParameters queryParameters) {
        var cursor = queryParameters.textOrNull(PARAMETER, CURSOR);
        var place = cursor == null ? START : parse(cursor);
        if (place == null) {
            queryParameters.reject(PARAMETER, "is not a cursor of this list", "the next_cursor of the page before");
            return START;
        }
        return place;
    }

    /** As callers carry it. */
    String cursor() {
        var text = String.join(SEPARATOR, Long.toString(minute.getEpochSecond()), who, route, code);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static @Nullable DenialCursor parse(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(SEPARATOR, -1);
            // PostgreSQL refuses text with a NUL in it, and times beyond its own.
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
