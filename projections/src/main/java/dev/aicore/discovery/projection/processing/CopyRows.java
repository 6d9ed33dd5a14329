package dev.aicore.discovery.projection.processing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * Writes rows by {@code COPY … FROM STDIN (FORMAT binary)}, in the format that PostgreSQL documents with that command.
 * Binary values need neither formatting nor parsing, and the database receives rows while the next ones are created.
 * {@link #row} begins a row; then each of its columns follows in order. PgBulkInsert writes the same format; as a
 * dependency it would replace little more than the encoding of six types.
 */
public final class CopyRows implements AutoCloseable {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final byte JSONB_VERSION = 1;
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int MAX_FIXED = 16;

    /** Epoch of PostgreSQL's timestamps: 2000-01-01T00:00:00Z. */
    private static final long EPOCH_SECOND = 946_684_800;

    private final CopyIn copy;
    private final int columns;
    private final ByteBuffer ready = ByteBuffer.allocate(BUFFER_SIZE);

    /**
     * Begins the copy.
     *
     * @param connection connection that can't be used otherwise until this is closed
     * @param table name of the table with its schema
     * @param columns names of the columns, separated by commas
     */
    public CopyRows(Connection connection, String table, String columns) throws SQLException {
        this.columns = columns.split(",", -1).length;
        copy = new CopyManager(connection.unwrap(BaseConnection.class))
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)");
        ready.put(SIGNATURE).putInt(0).putInt(0);
    }

    public CopyRows row() throws SQLException {
        ensureCapacity(MAX_FIXED).putShort((short) columns);
        return this;
    }

    public CopyRows bigint(long value) throws SQLException {
        ensureCapacity(MAX_FIXED).putInt(Long.BYTES).putLong(value);
        return this;
    }

    public CopyRows integer(int value) throws SQLException {
        ensureCapacity(MAX_FIXED).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    public CopyRows smallint(int value) throws SQLException {
        ensureCapacity(MAX_FIXED).putInt(Short.BYTES).putShort((short) value);
        return this;
    }

    public CopyRows bigint(@Nullable Long value) throws SQLException {
        return value == null ? nullValue() : bigint(value.longValue());
    }

    /** Writes an instant with a precision of one microsecond; null as SQL null. */
    public CopyRows time(@Nullable Instant value) throws SQLException {
        return value == null
                ? nullValue()
                : bigint(Math.addExact(
                        Math.multiplyExact(value.getEpochSecond() - EPOCH_SECOND, 1_000_000L),
                        value.getNano() / 1_000));
    }

    public CopyRows text(@Nullable String value) throws SQLException {
        if (value == null) {
            return nullValue();
        }
        var bytes = value.getBytes(UTF_8);
        ensureCapacity(Integer.BYTES).putInt(bytes.length);
        return put(bytes);
    }

    /** Writes a value of type {@code jsonb}; null as SQL null. */
    public CopyRows json(@Nullable String value) throws SQLException {
        if (value == null) {
            return nullValue();
        }
        var bytes = value.getBytes(UTF_8);
        ensureCapacity(MAX_FIXED).putInt(bytes.length + 1).put(JSONB_VERSION);
        return put(bytes);
    }

    /**
     * Completes the copy; the rows are then in the table.
     *
     * @throws SQLException if the database rejects a row: then it rejects all of them
     */
    public void end() throws SQLException {
        ensureCapacity(Short.BYTES).putShort((short) -1);
        send();
        copy.endCopy();
    }

    /** Cancels the copy, unless it is complete. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private CopyRows nullValue() throws SQLException {
        ensureCapacity(Integer.BYTES).putInt(-1);
        return this;
    }

    private CopyRows put(byte[] bytes) throws SQLException {
        if (bytes.length > BUFFER_SIZE) {
            send();
            copy.writeToCopy(bytes, 0, bytes.length);
        } else {
            ensureCapacity(bytes.length).put(bytes);
        }
        return this;
    }

    private ByteBuffer ensureCapacity(int wanted) throws SQLException {
        if (ready.remaining() < wanted) {
            send();
        }
        return ready;
    }

    private void send() throws SQLException {
        copy.writeToCopy(ready.array(), 0, ready.position());
        ready.clear();
    }
}
