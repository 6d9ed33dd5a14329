package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Heartbeats of many instances.
 *
 * @param ids of instances that report nothing else, without duplicates
 * @param reports heartbeats by the ids of other instances, in the order of the request
 */
record HeartbeatBatchRequest(List<String> ids, Map<String, Heartbeat> reports) {

    static final int MAX_IDS = 10_000;

    /** Maximum number of heartbeats with health or load, each of which is four values of JSON. */
    static final int MAX_REPORTS = 2_000;

    /** Maximum number of lists in the views of all heartbeats together. */
    static final int MAX_LISTS = 10_000;

    private static final String IDS = "ids";
    private static final String HEARTBEATS = "heartbeats";
    private static final String EXPECTED_IDS = "an array of 1 to " + MAX_IDS + " ids";
    private static final String EXPECTED_HEARTBEATS = "an array of 1 to " + MAX_REPORTS + " heartbeats";

    /**
     * Parses a body.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException with all errors of the body
     */
    static HeartbeatBatchRequest read(JsonFields jsonFields) {
        var ids = jsonFields.stringListOrNull(IDS, MAX_IDS, NameRules.INSTANCE);
        var heartbeats = jsonFields.objectListOrNull(HEARTBEATS, MAX_REPORTS);
        if (!jsonFields.has(IDS) && !jsonFields.has(HEARTBEATS)) {
            jsonFields.reject(IDS, "is required", EXPECTED_IDS);
        }
        if (ids != null && ids.isEmpty()) {
            jsonFields.reject(IDS, "is empty", EXPECTED_IDS);
        }
        if (heartbeats != null && heartbeats.isEmpty()) {
            jsonFields.reject(HEARTBEATS, "is empty", EXPECTED_HEARTBEATS);
        }
        var distinct = new LinkedHashSet<>(ids == null ? List.of() : ids);
        var reports = new LinkedHashMap<String, Heartbeat>();
        int lists = 0;
        for (var fields : heartbeats == null ? List.<JsonFields>of() : heartbeats) {
            var id = fields.text("id", NameRules.INSTANCE);
            var heartbeat = Heartbeat.readReport(fields);
            if (reports.put(id, heartbeat) != null || distinct.contains(id)) {
                fields.reject("id", "is given twice", "each id once");
            }
            lists += heartbeat.lists().size();
        }
        if (lists > MAX_LISTS) {
            jsonFields.reject(
                    HEARTBEATS,
                    "has " + lists + " lists in its views",
                    "at most " + MAX_LISTS + " lists in all views together");
        }
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return new HeartbeatBatchRequest(List.copyOf(distinct), reports);
    }

    /** Returns all ids in the order of the outcomes. */
    List<String> allIds() {
        var all = new ArrayList<>(ids);
        all.addAll(reports.keySet());
        return all;
    }

    /** Returns the commands of the heartbeats that report something, in the order of their ids. */
    List<RenewLease> commands(long observedAt, EventMetadata metadata) {
        return reports.entrySet().stream()
                .map(report -> report.getValue().of(report.getKey(), observedAt, metadata))
                .toList();
    }
}
