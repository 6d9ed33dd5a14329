package dev.aicore.discovery.config.eventstore;

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
 * @param event      what the payload says; null if only the stored form is known
 */
@SuppressWarnings("ArrayRecordComponent") // hot path: never compared, never copied
public record NewEntry(
        int shard,
        long seq,
        String type,
        int revision,
        boolean fact,
        @Nullable String instanceId,
        byte[] payload,
        @Nullable Object event) {

    /** An entry of which only the stored form is known. */
    public NewEntry(
            int shard, long seq, String type, int revision, boolean fact, @Nullable String instanceId, byte[] payload) {
        this(shard, seq, type, revision, fact, instanceId, payload, null);
    }
}
