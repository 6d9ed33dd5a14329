package dev.aicore.discovery.query.discovery.counts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.history.DiscoveryHistoryView.DiscoveryMinute;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Position in the list of discoveries, newest first; passed to callers as a cursor. */
record DiscoveryCountCursor(Instant minute, String principal) {

    /** Start of the list. */
    static final DiscoveryCountCursor START = new DiscoveryCountCursor(Instant.parse("9999-12-31T23:59:59Z"), "");

    private static final String PARAMETER = "cursor";
    private static final char SEPARATOR = '\n';
    private static final TextConstraint CURSOR = TextConstraint.nonEmpty(2_048);

    static DiscoveryCountCursor of(DiscoveryMinute last) {
        return new DiscoveryCountCursor(last.minute(), last.principal());
    }

    /** Parses the parameter {@code cursor}; violations are collected in the parameters. */
    static DiscoveryCountCursor of(QueryParameters queryParameters) {
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
        var text = minute.getEpochSecond() + String.valueOf(SEPARATOR) + principal;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static @Nullable DiscoveryCountCursor parse(String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            int end = text.indexOf(SEPARATOR);
            // PostgreSQL rejects text that contains NUL and times outside its range.
            if (end < 0 || text.indexOf('\0') >= 0) {
                return null;
            }
            long second = Long.parseLong(text.substring(0, end));
            return second < 0 || second > START.minute.getEpochSecond()
                    ? null
                    : new DiscoveryCountCursor(Instant.ofEpochSecond(second), text.substring(end + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
