package dev.aicore.discovery.eventstore.wire;

import java.util.function.Function;

/**
 * The compact form of an aggregate's state.
 *
 * @param type     the aggregate's class
 * @param name     its name in the store, which outlives the class
 * @param revision from 1; a snapshot of another revision is not read: its aggregate is loaded from events instead
 * @param encode   state to bytes; called on the snapshotter's thread with an instance of its own
 * @param decode   bytes to a new instance, never a shared one: the aggregate changes it
 */
public record SnapshotCodec<T>(
        Class<T> type, String name, int revision, Function<T, byte[]> encode, Function<byte[], T> decode) {}
