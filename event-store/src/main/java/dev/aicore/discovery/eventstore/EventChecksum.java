package dev.aicore.discovery.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Computes the CRC32C by which a damaged row of the store is told from an intact one. */
public final class EventChecksum {

    private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;

    private EventChecksum() {}

    /**
     * Returns the checksum of an event, or of a snapshot. It covers all that its writer knows: a row that was moved to another place
     * of its shard, or given another type, is found as well as one whose payload was changed.
     *
     * @param instanceId null if the event is about its shard
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
     * Returns whether a row is what was written, as far as its checksum tells. One without a checksum is of before there were any, and passes.
     *
     * @param checksum as the row has it; null if it has none
     * @param instanceId null if the event is about its shard
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
