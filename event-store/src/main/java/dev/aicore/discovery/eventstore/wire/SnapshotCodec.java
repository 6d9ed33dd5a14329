package dev.aicore.discovery.eventstore.wire;

import java.util.function.Function;

/**
 * Encodes and decodes the compact form of an aggregate's state.
 *
 * @param type class of the aggregate
 * @param name name of the aggregate's type in the store, which outlives the class
 * @param revision revision from 1; a snapshot of another revision isn't read, and its aggregate is loaded from events
 * @param encode function from a state to bytes; called on the snapshotter's thread with an instance of its own
 * @param decode function from bytes to a new instance, never a shared one, because the aggregate changes it
 */
public record SnapshotCodec<T>(
        Class<T> type, String name, int revision, Function<T, byte[]> encode, Function<byte[], T> decode) {}
