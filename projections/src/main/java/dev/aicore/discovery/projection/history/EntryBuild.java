package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.projection.flow.BuildFold;
import dev.aicore.discovery.projection.flow.Recorded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes entries as they come, and remembers where instances are instead of asking for it. */
final class EntryBuild implements BuildFold {

    private static final int MOST_KEPT = 50_000;

    /** Of instances that were spoken of, by their ids. */
    private final Map<String, String> endpoints = new HashMap<>();

    @Override
    public Write take(List<Recorded> facts) {
        var entries = EntryFold.entries(facts, endpoints);
        return connection -> AuditRows.copy(connection, entries);
    }

    @Override
    public boolean knows(List<Recorded> facts) {
        return endpoints.keySet().containsAll(EntryFold.firsts(facts).keySet());
    }

    @Override
    public void read(Connection connection, List<Recorded> facts) throws SQLException {
        if (endpoints.size() >= MOST_KEPT) {
            endpoints.clear();
        }
        var unknown = EntryFold.firsts(facts);
        unknown.keySet().removeAll(endpoints.keySet());
        endpoints.putAll(AuditRows.endpointsBefore(connection, unknown));
    }

    @Override
    public void forget() {
        endpoints.clear();
    }
}
