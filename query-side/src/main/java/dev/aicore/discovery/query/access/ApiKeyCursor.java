package dev.aicore.discovery.query.access;

import dev.aicore.discovery.api.access.ApiKeyView;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.regex.Pattern;

/** A place in the list of keys, the oldest first; callers carry it as a cursor. */
record ApiKeyCursor(Instant issuedAt, String keyId) {

    /** Before all. */
    private static final ApiKeyCursor START = new ApiKeyCursor(Instant.MIN, "");

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})-([a-z0-9]{12})");
    private static final TextConstraint CURSOR = TextConstraint.matching(FORM, "the next_cursor of the page before");

    static ApiKeyCursor of(ApiKeyView last) {
        return new ApiKeyCursor(last.issuedAt(), last.keyId());
    }

    /** From the parameter {@code cursor}; violations stay with the query. */
    static ApiKeyCursor of(QueryParameters queryParameters) {
        var cursor = queryParameters.textOrNull("cursor", CURSOR);
        var form = FORM.matcher(cursor == null ? "" : cursor);
        return form.matches()
                ? new ApiKeyCursor(Instant.ofEpochMilli(Long.parseLong(form.group(1))), form.group(2))
                : START;
    }

    /** As callers carry it. */
    String cursor() {
        return issuedAt.toEpochMilli() + "-" + keyId;
    }

    /** Whether that key comes behind it. */
    boolean isBefore(ApiKeyView key) {
        int compared = issuedAt.compareTo(key.issuedAt());
        return compared < 0 || (compared == 0 && keyId.compareTo(key.keyId()) < 0);
    }
}
