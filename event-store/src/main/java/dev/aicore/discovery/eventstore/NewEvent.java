package dev.aicore.discovery.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * An event as it is about to be appended. The payload is not copied: nobody changes it.
 *
 * @param shard      from 0
 * @param seq        number in the shard, from 0
 * @param type       wire name
 * @param revision   of the wire type
 * @param fact       whether it goes among the facts, else among the observations
 * @param instanceId whom a fact is about; null if it is about the shard
 * @param payload    JSON of a fact, packed bytes of observations
 * @param checksum   {@link EventChecksum} of it
 * @param event      what the payload says; null if only the stored form is known
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

    /** An entry of which only the stored form is known. */
    public NewEvent(
            int shard, long seq, String type, int revision, boolean fact, @Nullable String instanceId, byte[] payload) {
        this(shard, seq, type, revision, fact, instanceId, payload, null);
    }

    /** The same with the checksum of what it is given: computed here, and not by the one thread that appends. */
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
