package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * Row of a table of events, or a snapshot, in the form that Axon reads. The event identifier is the position; metadata
 * isn't stored.
 */
@SuppressWarnings("ArrayRecordComponent") // hot path: never compared, never copied
record StoredEvent(
        long position,
        long seq,
        Instant recordedAt,
        int shard,
        int revision,
        String type,
        byte[] payload,
        @Nullable Integer checksum,
        @Nullable String instanceId)
        implements DomainEventData<byte[]>, TrackedEventData<byte[]> {

    private static final String COMMON = "position, seq, recorded_at, shard, revision, type, payload, checksum, ";

    /** Columns that a reader of facts must select, in this order. */
    static final String COLUMNS_OF_FACTS = COMMON + "instance_id";

    /** Columns that a reader of observations or snapshots must select, in this order; neither has an instance id. */
    static final String COLUMNS = COMMON + "NULL::text AS instance_id";

    static final String AGGREGATE_TYPE = "RegistryShard";

    private static final byte[] EMPTY = new byte[0];

    private static final SerializedObject<byte[]> NO_META_DATA = new SerializedMetaData<>(new byte[0], byte[].class);

    static StoredEvent of(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getInt(4),
                row.getInt(5),
                Objects.requireNonNullElse(row.getString(6), ""),
                Objects.requireNonNullElse(row.getBytes(7), EMPTY),
                row.getObject(8, Integer.class),
                row.getString(9));
    }

    /**
     * Fails if the row was changed since it was written. A row without a checksum was written before checksums existed,
     * and passes.
     *
     * @throws UnreadableEventException if the checksum doesn't match
     */
    void requireIntact() {
        if (!EventChecksum.matches(checksum, shard, seq, revision, type, instanceId, payload)) {
            throw new UnreadableEventException(this, "its checksum doesn't match, so its row was changed or damaged.");
        }
    }

    /** Returns the size of the payload in bytes. */
    int bytes() {
        return payload.length;
    }

    @Override
    public String getType() {
        return AGGREGATE_TYPE;
    }

    @Override
    public String getAggregateIdentifier() {
        return ShardPartitioner.name(shard);
    }

    @Override
    public long getSequenceNumber() {
        return seq;
    }

    @Override
    public TrackingToken trackingToken() {
        return new GlobalSequenceTrackingToken(position);
    }

    @Override
    public String getEventIdentifier() {
        return Long.toString(position);
    }

    @Override
    public Instant getTimestamp() {
        return recordedAt;
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return NO_META_DATA;
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(payload, byte[].class, type, Integer.toString(revision));
    }
}
