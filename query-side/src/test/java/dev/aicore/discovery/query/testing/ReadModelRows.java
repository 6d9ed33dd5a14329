package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.web.ApiJson;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes rows as the projections would. */
public final class ReadModelRows {

    /** Time at which everything here happens. */
    public static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private static final String STATE_COLUMNS = """
            slot_position, registered_at, updated_at, lease_changed_at, health_changed_at, slot, declaration_version, shard,
            id, service, namespace, owner, declared, lease, health, breaker, declaration""";

    private final TestPostgres postgres;

    ReadModelRows(TestPostgres postgres) {
        this.postgres = postgres;
    }

    /** Empties all tables; called before each test. */
    public void clear() {
        postgres.execute("TRUNCATE models.instances, models.instance_versions, models.audit, models.last_seen,"
                + " models.check_results, models.watermarks,"
                + " models.picks, models.picked_services, models.pick_flushes, models.configurations,"
                + " models.configuration_versions, models.configuration_schemas, models.parked_facts, models.denials,"
                + " models.discoveries, store.facts, store.head");
    }

    /** Writes a present instance. */
    public void instance(SampleInstance sampleInstance, long position) {
        execute(
                "INSERT INTO models.instances (" + STATE_COLUMNS + ", position) VALUES (" + "?,".repeat(16)
                        + "?::jsonb, ?)",
                with(state(sampleInstance), position));
    }

    /**
     * Writes a state of an instance.
     *
     * @param to position of the end; null if the state is current
     * @param gone {@code removed} or {@code deregistered}; null if the instance was present
     */
    public void version(SampleInstance sampleInstance, long from, @Nullable Long to, @Nullable String gone) {
        execute(
                "INSERT INTO models.instance_versions (" + STATE_COLUMNS
                        + ", from_position, to_position, from_at, to_at, gone) VALUES (" + "?,".repeat(16)
                        + "?::jsonb, ?, ?, ?, ?, ?)",
                with(
                        state(sampleInstance),
                        from,
                        to,
                        AT.plusSeconds(from),
                        to == null ? null : AT.plusSeconds(to),
                        gone));
    }

    /** Writes this many further instances with the states of an existing one. */
    public void copies(String id, int count) {
        execute("""
                INSERT INTO models.instance_versions
                SELECT copy.* FROM models.instance_versions v, generate_series(1, ?) number,
                       LATERAL jsonb_populate_record(v, jsonb_build_object('id', v.id || '-' || number)) copy
                WHERE v.id = ?
                """, count, id);
        // The database does this on its own after some time.
        execute("ANALYZE models.instance_versions");
    }

    /** Writes an audit entry caused by a caller, with all columns filled. */
    public void audit(long position, String id, String service, String type, String summary) {
        execute("""
                INSERT INTO models.audit (position, at, type, instance_id, service, namespace, actor, role, source_address,
                                          protocol, request_id, reason, summary)
                VALUES (?, ?, ?, ?, ?, 'default', 'alice', 'service', '10.0.0.9', 'rest', 'req-1', 'moving house', ?)
                """, position, AT.plusSeconds(position), type, id, service, summary);
    }

    /** Writes an audit entry caused by the registry. */
    public void auditOfRegistry(long position, String id, String service, String type, String cause, String summary) {
        execute("""
                INSERT INTO models.audit (position, at, type, instance_id, service, namespace, actor, role, protocol, cause,
                                          summary)
                VALUES (?, ?, ?, ?, ?, 'default', 'registry', 'registry', 'lease', ?, ?)
                """, position, AT.plusSeconds(position), type, id, service, cause, summary);
    }

    /** Writes an audit entry caused by the registry, with evidence as JSON. */
    public void auditOfRegistry(
            long position, String id, String service, String type, String cause, String summary, String evidence) {
        auditOfRegistry(position, id, service, type, cause, summary);
        execute("UPDATE models.audit SET evidence = ?::jsonb WHERE position = ?", evidence, position);
    }

    /** Writes a fact with any content to the store. */
    public void fact(long position) {
        fact(position, "InstanceUpdated", null, "{}");
    }

    /** Writes a fact to the store. */
    public void fact(long position, String type, @Nullable String id, String json) {
        execute(
                "INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, instance_id, payload)"
                        + " VALUES (?, ?, ?, 0, 1, ?, ?, convert_to(?, 'UTF8'))",
                position,
                position,
                AT.plusSeconds(position),
                type,
                id,
                json);
    }

    /** Writes a dead letter of an instance. */
    public void parked(long position, String id) {
        execute(
                "INSERT INTO models.parked_facts (projection, position, instance_id, error) VALUES ('instances', ?, ?, 'it can''t follow')",
                position,
                id);
    }

    /** Sets the time at which the store's last event was recorded. */
    public void recordedAt(Instant at) {
        execute("UPDATE store.head SET recorded_at = ?", at);
    }

    /** Sets the store's last position. */
    public void head(long position) {
        execute("""
                INSERT INTO store.head (position, incarnation, shards) VALUES (?, gen_random_uuid(), 16)
                ON CONFLICT (only_one) DO UPDATE SET position = excluded.position
                """, position);
    }

    /** Writes the last check result of a slot, in packed form. */
    public void result(int shard, int slot, long position, Instant at, ObservationKind kind, int first, int second) {
        execute(
                "INSERT INTO models.check_results (shard, slot, position, observed_at, kind, first, second)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                shard,
                slot,
                position,
                at,
                kind.code(),
                first,
                second);
    }

    /** Writes the time of a slot's last observation. */
    public void seen(int shard, int slot, long position, Instant at) {
        execute(
                "INSERT INTO models.last_seen (shard, slot, position, observed_at) VALUES (?, ?, ?, ?)",
                shard,
                slot,
                position,
                at);
    }

    /** Writes the last connection count of a slot and the time of its report. */
    public void connections(int shard, int slot, long position, int connections, Instant at) {
        execute("""
                INSERT INTO models.last_seen (shard, slot, position, observed_at, active_connections, connections_at,
                                              connections_position)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, shard, slot, position, at, connections, at, position);
    }

    /** Writes picks that other nodes have counted. */
    public void picks(String service, String strategy, String instance, long picks) {
        execute("INSERT INTO models.picked_services (service, since, reset_position) VALUES (?, ?, 0)", service, AT);
        execute(
                "INSERT INTO models.picks (service, strategy, instance_id, picks, picked_at) VALUES (?, ?, ?, ?, ?)",
                service,
                strategy,
                instance,
                picks,
                AT);
    }

    /** Resets picks as the projection does. */
    public void picksReset(String service, Instant at, long position) {
        execute("""
                INSERT INTO models.picked_services (service, since, reset_position) VALUES (?, ?, ?)
                ON CONFLICT (service) DO UPDATE SET since = excluded.since, reset_position = excluded.reset_position
                """, service, at, position);
        execute("DELETE FROM models.picks WHERE service = ?", service);
    }

    /**
     * Writes a version of a configuration and ends the previous one.
     *
     * @param content null if the configuration was deleted
     */
    public void configuration(String service, int version, long position, @Nullable String content) {
        execute(
                "UPDATE models.configuration_versions SET to_position = ?, to_at = ? WHERE service = ? AND to_position IS NULL",
                position,
                AT.plusSeconds(position),
                service);
        execute("""
                INSERT INTO models.configuration_versions (from_position, from_at, version, service, namespace, actor, role,
                                                           reason, content)
                VALUES (?, ?, ?, ?, 'default', 'alice', 'operator', 'more room', ?)
                """, position, AT.plusSeconds(position), version, service, content);
        execute("""
                INSERT INTO models.configurations (position, version, deleted, service, namespace) VALUES (?, ?, ?, ?, 'default')
                ON CONFLICT (service) DO UPDATE
                SET position = excluded.position, version = excluded.version, deleted = excluded.deleted
                """, position, version, content == null, service);
    }

    /** Writes the schema of a configuration; null for none. */
    public void schema(String service, int revision, long position, @Nullable String schema) {
        execute("""
                INSERT INTO models.configuration_schemas (position, declared_at, revision, service, namespace, actor, role, schema)
                VALUES (?, ?, ?, ?, 'default', 'alice', 'operator', ?)
                """, position, AT, revision, service, schema);
    }

    /** Sets the watermark of a projection. */
    public void watermark(String projection, long position) {
        execute("""
                INSERT INTO models.watermarks (projection, position, at) VALUES (?, ?, ?)
                ON CONFLICT (projection) DO UPDATE SET position = excluded.position, at = excluded.at
                """, projection, position, AT);
    }

    private static @Nullable Object[] state(SampleInstance sampleInstance) {
        return new @Nullable Object[] {
            sampleInstance.slotPosition(),
            AT,
            AT.plusSeconds(1),
            AT,
            AT,
            sampleInstance.slot(),
            1,
            3,
            sampleInstance.id(),
            sampleInstance.declaration().name(),
            "default",
            "alice",
            sampleInstance.state().declared().jsonName(),
            sampleInstance.state().lease().jsonName(),
            sampleInstance.state().health().jsonName(),
            sampleInstance.state().breaker().jsonName(),
            ApiJson.mapper().writeValueAsString(sampleInstance.declaration())
        };
    }

    private static @Nullable Object[] with(@Nullable Object[] some, @Nullable Object... more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private void execute(String sql, @Nullable Object... values) {
        try (var connection = postgres.pool().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(
                        i + 1, values[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
