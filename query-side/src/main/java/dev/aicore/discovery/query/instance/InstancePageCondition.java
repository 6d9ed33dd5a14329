package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.readmodel.database.ScopeCondition;
import dev.aicore.discovery.web.ApiJson;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Selects the rows of a page of instances, from any table that has the columns of instances.
 *
 * @param after last instance of the previous page, or {@link InstanceCursor#START}
 */
record InstancePageCondition(InstanceFilter wanted, InstanceCursor after, int limit) {

    private static final String AFTER_CURSOR = "(i.service, i.id) > (:service, :id)";
    private static final String AFTER_CURSOR_IN_SERVICE = "i.service = :service AND i.id > :id";
    private static final String IN_STATE =
            " AND concat_ws(' ', i.declared, i.lease, i.health, i.breaker) = ANY(:states)";
    private static final String DECLARED = " AND i.declaration @> CAST(:declared AS jsonb)";

    /** Returns the SQL condition; the table's alias must be {@code i}. */
    String where() {
        return (wanted.service() == null ? AFTER_CURSOR : AFTER_CURSOR_IN_SERVICE)
                + ScopeCondition.andCondition("i.service", wanted.reach())
                + (wanted.statuses().isEmpty() ? "" : IN_STATE)
                + (wanted.declared().isEmpty() ? "" : DECLARED);
    }

    /** Returns the values of the SQL parameters, including the limit. */
    Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        values.put("service", wanted.service() == null ? after.service() : wanted.service());
        values.put("id", after.id());
        values.put("limit", limit);
        if (wanted.reach() != null) {
            values.put(ScopeCondition.PARAMETER, ScopeCondition.values(wanted.reach()));
        }
        if (!wanted.statuses().isEmpty()) {
            values.put("states", wanted.states().toArray(String[]::new));
        }
        if (!wanted.declared().isEmpty()) {
            values.put("declared", ApiJson.mapper().writeValueAsString(wanted.declared()));
        }
        return values;
    }
}
