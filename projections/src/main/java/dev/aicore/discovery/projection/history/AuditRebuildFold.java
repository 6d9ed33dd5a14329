package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.projection.processing.RebuildFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes entries in order, and caches the endpoints of instances instead of querying them. */
final class AuditRebuildFold implements RebuildFold {

    private static final int MAX_CACHED = 50_000;

    private final AuditRows rows;

    /** Last endpoints of instances, by instance id. */
    private final Map<String, String> endpoints = new HashMap<>();

    AuditRebuildFold(AuditRows rows) {
        this.rows = rows;
    }

    @Override
    public Write accept(List<RecordedFact> facts) {
        var entries = AuditBatchFold.entries(facts, endpoints);
        return connection -> rows.copy(connection, entries);
    }

    @Override
    public boolean isCached(List<RecordedFact> facts) {
        return endpoints
                .keySet()
                .containsAll(AuditBatchFold.firstPositions(facts).keySet());
    }

    @Override
    public void read(Connection connection, List<RecordedFact> facts) throws SQLException {
        if (endpoints.size() >= MAX_CACHED) {
            endpoints.clear();
        }
        var unknown = AuditBatchFold.firstPositions(facts);
        unknown.keySet().removeAll(endpoints.keySet());
        endpoints.putAll(rows.endpointsBefore(connection, unknown));
    }

    @Override
    public void clearCache() {
        endpoints.clear();
    }
}
