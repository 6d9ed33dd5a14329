package dev.aicore.discovery.projection.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.projection.bundle.Line.Trailer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * One bundle being written, some lines at a time: it needs no more memory for a long one. All of it is of one snapshot of the database,
 * whose connection it holds until it is closed. Blocks.
 */
public final class Export implements AutoCloseable {

    private static final int LINES_AT_ONCE = 500;

    private final Connection connection;
    private final Header header;
    private final MessageDigest sha;
    private final List<LineReader> rest;
    private long rows;
    private long facts;
    private boolean begun;
    private boolean over;

    private Export(Connection connection, Header header, List<LineReader> rest) {
        this.connection = connection;
        this.header = header;
        this.rest = rest;
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Opens it. What is exported must be in the read models: wait for them before.
     *
     * @param now what relative moments are relative to
     * @throws dev.aicore.discovery.api.error.RegistryException if there are no such moments in this store, in this order
     */
    public static Export open(DataSource database, Moment from, Moment to, Instant now) throws SQLException {
        var connection = database.getConnection();
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            LineReader.hold(connection);
            var header = HeaderReader.read(connection, from, to, now);
            return new Export(connection, header, new ArrayList<>(LineReader.all(connection, header)));
        } catch (SQLException | RuntimeException failure) {
            giveBack(connection);
            throw failure;
        }
    }

    public Header header() {
        return header;
    }

    /** The next lines, each with its end; empty after the last. */
    public synchronized List<byte[]> next() throws SQLException {
        var lines = new ArrayList<byte[]>();
        if (!begun) {
            begun = true;
            lines.add(line(header));
        }
        while (!over && lines.size() < LINES_AT_ONCE) {
            if (rest.isEmpty()) {
                over = true;
                var trailer = new Trailer(rows, facts, HexFormat.of().formatHex(sha.digest()));
                lines.add(bytes(Map.of("end", trailer)));
            } else {
                read(rest.getFirst(), lines);
            }
        }
        return lines;
    }

    private void read(LineReader reader, List<byte[]> lines) throws SQLException {
        var next = reader.next();
        if (next == null) {
            reader.close();
            rest.removeFirst();
        } else {
            rows += reader.isOfFacts() ? 0 : 1;
            facts += reader.isOfFacts() ? 1 : 0;
            lines.add(line(next));
        }
    }

    private byte[] line(Object data) {
        var bytes = bytes(data);
        sha.update(bytes);
        return bytes;
    }

    private static byte[] bytes(Object data) {
        return (Json.mapper().writeValueAsString(data) + "\n").getBytes(UTF_8);
    }

    @Override
    public synchronized void close() throws SQLException {
        over = true;
        giveBack(connection);
    }

    private static void giveBack(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }
}
