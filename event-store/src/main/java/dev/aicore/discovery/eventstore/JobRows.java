package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.JobStore.Job;
import dev.aicore.discovery.eventstore.JobStore.JobClaim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and updates the rows of jobs. */
final class JobRows {

    /** Only the owner of the streams gets a row, and every claim ends the one before it. */
    private static final String CLAIM = """
            INSERT INTO store.jobs AS j (name, node, epoch, since)
            SELECT ?, n.name, 1, clock_timestamp()
            FROM store.claims c JOIN store.nodes n ON n.name = c.node AND n.generation = c.generation
            WHERE c.stream = 0 AND n.name = ? AND n.lease_until > clock_timestamp()
            ON CONFLICT (name) DO UPDATE SET node = excluded.node, epoch = j.epoch + 1, since = excluded.since
            RETURNING epoch, paused""";

    private static final String REPORT = "UPDATE store.jobs SET report = ?::jsonb WHERE name = ? AND epoch = ?";

    private static final String RELEASE =
            "UPDATE store.jobs SET node = NULL, report = ?::jsonb WHERE name = ? AND epoch = ?";

    private static final String PAUSE = """
            INSERT INTO store.jobs (name, paused) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET paused = excluded.paused""";

    private static final String LIST = """
            SELECT j.name, j.node, EXISTS (
                    SELECT FROM store.claims c JOIN store.nodes n ON n.name = c.node AND n.generation = c.generation
                    WHERE c.stream = 0 AND n.name = j.node AND n.lease_until > clock_timestamp()),
                j.epoch, j.paused, j.report
            FROM store.jobs j
            WHERE starts_with(j.name, ?)
            ORDER BY j.name""";

    private JobRows() {}

    /** Claims a job; returns empty if the node doesn't own the streams. */
    static Optional<JobClaim> claim(Connection connection, String name, String node) throws SQLException {
        try (var insert = connection.prepareStatement(CLAIM)) {
            insert.setString(1, name);
            insert.setString(2, node);
            try (var row = insert.executeQuery()) {
                return row.next() ? Optional.of(new JobClaim(row.getLong(1), row.getBoolean(2))) : Optional.empty();
            }
        }
    }

    /** Stores what the holder of a claim reports. Returns false if the claim is over. */
    static boolean report(Connection connection, String name, long epoch, String report) throws SQLException {
        return update(connection, REPORT, name, epoch, report);
    }

    /** Ends a claim with a last report. Returns false if it is over already. */
    static boolean release(Connection connection, String name, long epoch, String report) throws SQLException {
        return update(connection, RELEASE, name, epoch, report);
    }

    private static boolean update(Connection connection, String sql, String name, long epoch, String report)
            throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            update.setString(1, report);
            update.setString(2, name);
            update.setLong(3, epoch);
            return update.executeUpdate() == 1;
        }
    }

    /** Pauses a job or ends its pause, whether a node does it or not. */
    static boolean setPaused(Connection connection, String name, boolean paused) throws SQLException {
        try (var update = connection.prepareStatement(PAUSE)) {
            update.setString(1, name);
            update.setBoolean(2, paused);
            return update.executeUpdate() == 1;
        }
    }

    /** Returns the jobs whose names have a prefix, ordered by name. */
    static List<Job> list(Connection connection, String prefix) throws SQLException {
        try (var select = connection.prepareStatement(LIST)) {
            select.setString(1, prefix);
            try (var row = select.executeQuery()) {
                var jobs = new ArrayList<Job>();
                while (row.next()) {
                    jobs.add(new Job(
                            row.getString(1),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getLong(4),
                            row.getBoolean(5),
                            row.getString(6)));
                }
                return jobs;
            }
        }
    }
}
