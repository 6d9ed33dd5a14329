package dev.aicore.discovery.server.system;

import dev.aicore.discovery.api.shard.ObservationsRecorded;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads all events of each instance from the event store, independently of the product's code except for the layout of
 * events.
 */
final class StoreScan {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVENTS = """
            SELECT position, shard, type, instance_id, payload FROM store.facts
            UNION ALL SELECT position, shard, type, NULL, payload FROM store.observations
            ORDER BY position""";

    /** Events of one instance, by position. */
    static final class Instance {

        final List<Long> registered = new ArrayList<>();
        final List<Long> deregistered = new ArrayList<>();
        final Map<Long, Integer> renewed = new TreeMap<>();
        /** Time of the last heartbeat in epoch milliseconds. */
        long lastHeard;

        int renewals() {
            return renewed.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private record Seat(int shard, int slot) {}

    private final Map<String, Instance> instances = new HashMap<>();
    private final Map<Seat, String> seats = new HashMap<>();
    private final Set<Long> missing = new TreeSet<>();
    private long position;

    private StoreScan() {}

    static StoreScan of(Connection connection) throws SQLException {
        var scan = new StoreScan();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(1_000);
            try (var rows = statement.executeQuery(EVENTS)) {
                while (rows.next()) {
                    scan.event(rows);
                }
            }
        }
        return scan;
    }

    /** Returns the events of an instance; an empty object for an unknown one. */
    Instance instance(String id) {
        return instances.getOrDefault(id, new Instance());
    }

    /** Returns the positions without an event, up to the last event. */
    Set<Long> missing() {
        return missing;
    }

    /** Returns the position of the last event. */
    long position() {
        return position;
    }

    private void event(ResultSet row) throws SQLException {
        long at = row.getLong(1);
        int shard = row.getInt(2);
        LongStream.range(position + 1, at).forEach(missing::add);
        position = at;
        switch (row.getString(3)) {
            case "InstanceRegistered" -> {
                known(row.getString(4)).registered.add(at);
                sits(row, shard);
            }
            case "InstanceRevived" -> sits(row, shard);
            case "InstanceDeregistered" -> known(row.getString(4)).deregistered.add(at);
            case "O" ->
                new ObservationsRecorded(row.getBytes(5))
                        .forEach((slot, kind, observedAt, decidedAt, first, second) -> {
                            var instance = known(Objects.requireNonNull(
                                    seats.get(new Seat(shard, slot)), "an empty seat was heard"));
                            instance.renewed.merge(at, kind.renews() ? 1 : 0, Integer::sum);
                            instance.lastHeard = observedAt;
                        });
            default -> {}
        }
    }

    private void sits(ResultSet row, int shard) throws SQLException {
        int slot = JSON.readTree(row.getBytes(5)).at("/slot").asInt();
        seats.put(new Seat(shard, slot), row.getString(4));
    }

    private Instance known(String id) {
        return instances.computeIfAbsent(id, absent -> new Instance());
    }
}
