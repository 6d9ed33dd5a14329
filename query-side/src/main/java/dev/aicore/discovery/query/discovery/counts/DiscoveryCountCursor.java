package dev.aicore.discovery.query.discovery.counts;

import dev.aicore.discovery.api.history.DiscoveryHistoryView.DiscoveryMinute;
import dev.aicore.discovery.web.ListCursor;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Instant;

/** Position in the list of discoveries, newest first; passed to callers as a cursor. */
record DiscoveryCountCursor(Instant minute, String principal) {

    /** Start of the list. */
    static final DiscoveryCountCursor START = new DiscoveryCountCursor(ListCursor.LAST_TIME, "");

    private static final int KEYS = 2;

    static DiscoveryCountCursor of(DiscoveryMinute last) {
        return new DiscoveryCountCursor(last.minute(), last.principal());
    }

    /** Parses the parameter {@code cursor}; violations are collected in the parameters. */
    static DiscoveryCountCursor of(QueryParameters queryParameters) {
        return ListCursor.parse(
                queryParameters,
                START,
                KEYS,
                keys -> new DiscoveryCountCursor(ListCursor.parseTime(keys.get(0)), keys.get(1)));
    }

    /** Returns the cursor's text form. */
    String cursor() {
        return ListCursor.encode(ListCursor.timeKey(minute), principal);
    }
}
