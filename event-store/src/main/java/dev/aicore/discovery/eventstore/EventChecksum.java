package dev.aicore.discovery.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Computes and verifies the CRC32C checksum that detects damaged rows of the store. */
public final class EventChecksum {

    private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;

    private EventChecksum() {}

    /**
     * Returns the checksum of an event or a snapshot. It covers every field that the writer knows: it detects a row
     * that was moved within its shard or given another type, as well as a changed payload.
     *
     * @param instanceId id of the instance; null if the event is about its shard
     */
    public static int of(int shard, long seq, int revision, String type, @Nullable String instanceId, byte[] payload) {
        var checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(HEADER_BYTES)
                .putInt(shard)
                .putLong(seq)
                .putInt(revision)
                .flip());
        checksum.update(type.getBytes(UTF_8));
        checksum.update(0);
        if (instanceId != null) {
            checksum.update(instanceId.getBytes(UTF_8));
        }
        checksum.update(0);
        checksum.update(payload);
        return (int) checksum.getValue();
    }

    /**
     * Returns true if a row still matches its checksum. A row without a checksum was written before checksums existed,
     * and passes.
     *
     * @param checksum checksum in the row; null if the row has none
     * @param instanceId id of the instance; null if the event is about its shard
     */
    public static boolean matches(
            @Nullable Integer checksum,
            int shard,
            long seq,
            int revision,
            String type,
            @Nullable String instanceId,
            byte[] payload) {
        return checksum == null || checksum == of(shard, seq, revision, type, instanceId, payload);
    }
}
