package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.web.ListCursor;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import org.jspecify.annotations.Nullable;

/** Position in the list of all instances, which is ordered by service and id; passed to callers as a cursor. */
public record InstanceCursor(String service, String id) {

    /** Start of the list. */
    public static final InstanceCursor START = new InstanceCursor("", "");

    private static final String PARAMETER = "cursor";
    private static final int KEYS = 2;
    private static final TextConstraint CURSOR = TextConstraint.nonEmpty(1_024);

    /** Returns the position of an instance. */
    public static InstanceCursor of(InstanceView instance) {
        return new InstanceCursor(instance.name(), instance.id());
    }

    /**
     * Parses the parameter {@code cursor}; violations are collected in the parameters.
     *
     * @param service to which the list is restricted; null for all services
     */
    public static InstanceCursor of(QueryParameters queryParameters, @Nullable String service) {
        String cursor = queryParameters.textOrNull(PARAMETER, CURSOR);
        if (cursor == null) {
            return START;
        }
        var instanceCursor = parse(cursor);
        if (instanceCursor == null || (service != null && !service.equals(instanceCursor.service))) {
            queryParameters.reject(
                    PARAMETER,
                    "is not a cursor of this list",
                    "the next_cursor of the previous page, with the same filter");
            return START;
        }
        return instanceCursor;
    }

    /** Returns the cursor's text form. */
    public String cursor() {
        return ListCursor.encode(service, id);
    }

    private static @Nullable InstanceCursor parse(String cursor) {
        var keys = ListCursor.decode(cursor, KEYS);
        return keys == null ? null : new InstanceCursor(keys.get(0), keys.get(1));
    }
}
