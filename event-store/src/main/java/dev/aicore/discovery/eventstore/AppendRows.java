package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.NodeRows.Membership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Appends one group of events by one statement. The statement renews the lease of its node, takes positions from the
 * head row and inserts the events, or does nothing at all: the node's row, which has the generation, is locked first.
 * Recording times never go back: while the database's clock is behind the last recording time, each group gets a time
 * of its own, one millisecond after the previous group.
 */
final class AppendRows {

    private static final String HEAD = """
            WITH me AS (
                UPDATE store.nodes SET lease_until = clock_timestamp() + ? * interval '1 ms'
                WHERE name = ? AND generation = ?
                RETURNING name),
            head AS (
                UPDATE store.head
                SET position = position + ?,
                    recorded_at = CASE WHEN date_trunc('milliseconds', clock_timestamp()) >= recorded_at
                                       THEN date_trunc('milliseconds', clock_timestamp())
                                       ELSE recorded_at + interval '1 ms' END,
                    lease_until = clock_timestamp() + ? * interval '1 ms'
                FROM me
                WHERE epoch = ?
                RETURNING position - ? AS base, recorded_at)""";

    private static final String FACTS = """
            , facts AS (
                INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, instance_id, payload, checksum)
                SELECT head.base + e.nth, e.seq, head.recorded_at, e.shard, e.revision, e.type, e.instance_id, e.payload, e.checksum
                FROM head, unnest(?::int[], ?::bigint[], ?::smallint[], ?::smallint[], ?::text[], ?::text[], ?::bytea[], ?::int[])
                    AS e(nth, seq, shard, revision, type, instance_id, payload, checksum))""";

    private static final String OBSERVATIONS = """
            , observations AS (
                INSERT INTO store.observations (position, seq, recorded_at, shard, revision, type, payload, checksum)
                SELECT head.base + e.nth, e.seq, head.recorded_at, e.shard, e.revision, e.type, e.payload, e.checksum
                FROM head, unnest(?::int[], ?::bigint[], ?::smallint[], ?::smallint[], ?::text[], ?::bytea[], ?::int[])
                    AS e(nth, seq, shard, revision, type, payload, checksum))""";

    private static final String KEYS = """
            , keys AS (
                INSERT INTO store.idempotency (position, recorded_at, principal, key, request_hash, outcome)
                SELECT head.base + k.nth, head.recorded_at, k.principal, k.key, k.request_hash, k.outcome
                FROM head, unnest(?::int[], ?::text[], ?::text[], ?::bytea[], ?::text[])
                    AS k(nth, principal, key, request_hash, outcome))""";

    private static final String RESULT = " SELECT base, recorded_at FROM head";

    private static final String FACTS_ONLY = HEAD + FACTS + RESULT;
    private static final String OBSERVATIONS_ONLY = HEAD + OBSERVATIONS + RESULT;
    private static final String BOTH = HEAD + FACTS + OBSERVATIONS + RESULT;
    private static final String KEYED_FACTS = HEAD + FACTS + KEYS + RESULT;
    private static final String KEYED_OBSERVATIONS = HEAD + OBSERVATIONS + KEYS + RESULT;
    private static final String KEYED_BOTH = HEAD + FACTS + OBSERVATIONS + KEYS + RESULT;

    /** Index of the first parameter after those of the node and the head. */
    private static final int FIRST_COLUMN = 8;

    private AppendRows() {}

    /**
     * Appends the events in order, facts and observations to their tables, together with their idempotency keys.
     *
     * @return empty if the node's generation or the epoch is over; nothing was appended then
     */
    static Optional<AppendResult> append(
            Connection connection,
            Membership membership,
            long epoch,
            Duration lease,
            List<NewEvent> events,
            List<NewIdempotencyRecord> keys)
            throws SQLException {
        var facts = new EventColumnRows(events, true);
        var observations = new EventColumnRows(events, false);
        boolean keyed = !keys.isEmpty();
        var sql = observations.isEmpty()
                ? (keyed ? KEYED_FACTS : FACTS_ONLY)
                : facts.isEmpty() ? (keyed ? KEYED_OBSERVATIONS : OBSERVATIONS_ONLY) : (keyed ? KEYED_BOTH : BOTH);
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lease.toMillis());
            statement.setString(2, membership.node());
            statement.setLong(3, membership.generation());
            statement.setLong(4, events.size());
            statement.setLong(5, lease.toMillis());
            statement.setLong(6, epoch);
            statement.setLong(7, events.size());
            int next = facts.isEmpty() ? FIRST_COLUMN : facts.bind(statement, FIRST_COLUMN);
            if (!observations.isEmpty()) {
                next = observations.bind(statement, next);
            }
            if (keyed) {
                new IdempotencyColumnRows(keys).bind(statement, next);
            }
            return readResult(statement, events.size());
        }
    }

    private static Optional<AppendResult> readResult(PreparedStatement statement, int count) throws SQLException {
        try (var row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            var recordedAt = row.getObject(2, OffsetDateTime.class).toInstant();
            return Optional.of(new AppendResult(row.getLong(1) + 1, count, recordedAt));
        }
    }
}
