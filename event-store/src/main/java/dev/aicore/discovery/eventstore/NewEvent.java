package dev.aicore.discovery.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * Event that is about to be appended. The payload isn't copied and must not be changed.
 *
 * @param shard number of the shard, from 0; negative for a stream beside the shards
 * @param seq sequence number in the shard, from 0
 * @param type wire name
 * @param revision revision of the wire type
 * @param fact true for a fact, false for an observation
 * @param instanceId id of the instance that a fact is about; null if it is about the shard
 * @param payload JSON of a fact, packed bytes of observations
 * @param checksum {@link EventChecksum} of the event
 * @param event decoded payload; null if only the stored form is known
 */
@SuppressWarnings("ArrayRecordComponent") // hot path: never compared, never copied
public record NewEvent(
        int shard,
        long seq,
        String type,
        int revision,
        boolean fact,
        @Nullable String instanceId,
        byte[] payload,
        int checksum,
        @Nullable Object event) {

    /** Creates an event of which only the stored form is known. */
    public NewEvent(
            int shard, long seq, String type, int revision, boolean fact, @Nullable String instanceId, byte[] payload) {
        this(shard, seq, type, revision, fact, instanceId, payload, null);
    }

    /** Creates an event and computes its checksum: here, rather than on the only thread that appends. */
    public NewEvent(
            int shard,
            long seq,
            String type,
            int revision,
            boolean fact,
            @Nullable String instanceId,
            byte[] payload,
            @Nullable Object event) {
        this(
                shard,
                seq,
                type,
                revision,
                fact,
                instanceId,
                payload,
                EventChecksum.of(shard, seq, revision, type, fact ? instanceId : null, payload),
                event);
    }
}
