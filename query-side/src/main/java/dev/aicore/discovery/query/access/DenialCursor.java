package dev.aicore.discovery.query.access;

import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.web.ListCursor;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Instant;

/** Position in the list of denials, newest first; passed to callers as a cursor. */
record DenialCursor(Instant minute, String who, String route, String code) {

    /** Start of the list. */
    static final DenialCursor START = new DenialCursor(ListCursor.LAST_TIME, "", "", "");

    private static final int KEYS = 4;

    static DenialCursor of(AccessDenial last) {
        return new DenialCursor(last.minute(), last.who(), last.route(), last.code());
    }

    /** Parses the parameter {@code cursor}; violations are collected in the parameters. */
    static DenialCursor of(QueryParameters queryParameters) {
        return ListCursor.parse(
                queryParameters,
                START,
                KEYS,
                keys -> new DenialCursor(ListCursor.parseTime(keys.get(0)), keys.get(1), keys.get(2), keys.get(3)));
    }

    /** Returns the cursor's text form. */
    String cursor() {
        return ListCursor.encode(ListCursor.timeKey(minute), who, route, code);
    }
}
