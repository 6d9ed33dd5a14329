package dev.aicore.discovery.query.access;

import dev.aicore.discovery.api.access.ApiKeyView;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.regex.Pattern;

/** Position in the list of API keys, oldest first; passed to callers as a cursor. */
record ApiKeyCursor(Instant issuedAt, String keyId) {

    /** Start of the list. */
    private static final ApiKeyCursor START = new ApiKeyCursor(Instant.MIN, "");

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})-([a-z0-9]{12})");
    private static final TextConstraint CURSOR = TextConstraint.matching(FORM, "the next_cursor of the previous page");

    static ApiKeyCursor of(ApiKeyView last) {
        return new ApiKeyCursor(last.issuedAt(), last.keyId());
    }

    /** Parses the parameter {@code cursor}; violations are collected in the parameters. */
    static ApiKeyCursor of(QueryParameters queryParameters) {
        var cursor = queryParameters.textOrNull("cursor", CURSOR);
        var form = FORM.matcher(cursor == null ? "" : cursor);
        return form.matches()
                ? new ApiKeyCursor(Instant.ofEpochMilli(Long.parseLong(form.group(1))), form.group(2))
                : START;
    }

    /** Returns the cursor's text form. */
    String cursor() {
        return issuedAt.toEpochMilli() + "-" + keyId;
    }

    /** Returns true if the key comes after this position. */
    boolean isBefore(ApiKeyView key) {
        int compared = issuedAt.compareTo(key.issuedAt());
        return compared < 0 || (compared == 0 && keyId.compareTo(key.keyId()) < 0);
    }
}
