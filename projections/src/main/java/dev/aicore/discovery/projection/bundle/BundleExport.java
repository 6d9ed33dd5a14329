package dev.aicore.discovery.projection.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.projection.bundle.BundleLine.FactLine;
import dev.aicore.discovery.projection.bundle.BundleLine.RowLine;
import dev.aicore.discovery.projection.bundle.BundleLine.Trailer;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.AsOfPoint;
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
 * Writes one bundle, some lines at a time, so that memory use doesn't depend on its length. All lines come from one
 * snapshot of the database, whose connection is held until {@link #close}. Blocks.
 */
public final class BundleExport implements AutoCloseable {

    private static final int BATCH_SIZE = 500;

    /** Bytes after which a batch ends; the line that reaches the bound is still in it. */
    private static final int MAX_BATCH_BYTES = 1 << 20;

    private final Connection connection;
    private final BundleHeader bundleHeader;
    private final MessageDigest sha;
    private final List<BundleLineReader> remainingReaders;
    private int batchBytes;
    private long rows;
    private long facts;
    private boolean started;
    private boolean ended;

    private BundleExport(Connection connection, BundleHeader bundleHeader, List<BundleLineReader> remainingReaders) {
        this.connection = connection;
        this.bundleHeader = bundleHeader;
        this.remainingReaders = remainingReaders;
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Opens an export. The read models must already contain the exported facts: wait for them before.
     *
     * @param now the instant that relative points in time refer to
     * @param settings settings that decisions about instances depend on, by name
     * @throws dev.aicore.discovery.api.error.RegistryException if the store has no such points in time, or not in this
     *     order
     */
    public static BundleExport open(
            DataSource database, AsOfPoint from, AsOfPoint to, Instant now, Map<String, String> settings)
            throws SQLException {
        var connection = database.getConnection();
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            BundleLineReader.lockTables(connection);
            var bundleHeader = BundleHeaderReader.read(connection, from, to, now, settings);
            return new BundleExport(
                    connection, bundleHeader, new ArrayList<>(BundleLineReader.all(connection, bundleHeader)));
        } catch (SQLException | RuntimeException failure) {
            release(connection);
            throw failure;
        }
    }

    public BundleHeader header() {
        return bundleHeader;
    }

    /** Returns the next lines, each with its line feed; an empty list after the last one. */
    public synchronized List<byte[]> next() throws SQLException {
        var lines = new ArrayList<byte[]>();
        batchBytes = 0;
        if (!started) {
            started = true;
            lines.add(line(bundleHeader));
        }
        while (!ended && lines.size() < BATCH_SIZE && batchBytes < MAX_BATCH_BYTES) {
            if (remainingReaders.isEmpty()) {
                ended = true;
                var trailer = new Trailer(rows, facts, HexFormat.of().formatHex(sha.digest()));
                lines.add(bytes(Map.of("end", trailer)));
            } else {
                read(remainingReaders.getFirst(), lines);
            }
        }
        return lines;
    }

    private void read(BundleLineReader reader, List<byte[]> lines) throws SQLException {
        var next = reader.next();
        if (next == null) {
            reader.close();
            remainingReaders.removeFirst();
        } else {
            rows += next instanceof RowLine ? 1 : 0;
            facts += next instanceof FactLine ? 1 : 0;
            lines.add(line(next));
        }
    }

    private byte[] line(Object data) {
        var bytes = bytes(data);
        sha.update(bytes);
        batchBytes += bytes.length;
        return bytes;
    }

    private static byte[] bytes(Object data) {
        return (ApiJson.mapper().writeValueAsString(data) + "\n").getBytes(UTF_8);
    }

    @Override
    public synchronized void close() throws SQLException {
        ended = true;
        release(connection);
    }

    private static void release(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }
}
