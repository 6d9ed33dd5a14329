package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;

/**
 * Encodes and decodes the snapshots of a shard. Equal states have equal bytes. Only numbers and strings are parsed, so
 * that a million instances are loaded within seconds. Protobuf doesn't promise equal bytes for equal messages, and
 * would repeat the names of services and owners.
 *
 * <p>Layout: one byte of revision, name, time of the last lease extension, generation, observations since the
 * checkpoint; next slot, free slots, vacated slots; present instances in order of their slots; tombstones, oldest
 * first; services with state that is not derived from their instances. The name of a service or an owner is written at
 * its first occurrence and is a number after that.
 */
final class ShardSnapshotCodec {

    /** Name of the snapshot's type in the store; must never change. */
    static final String NAME = "RegistryShard";

    private ShardSnapshotCodec() {}

    /** Returns the codec that writes and reads snapshots of the present revision. */
    static SnapshotCodec<RegistryShard> codec() {
        return new SnapshotCodec<>(
                RegistryShard.class,
                NAME,
                ShardSnapshotCodes.REVISION,
                ShardSnapshotCodec::encode,
                ShardSnapshotCodec::decode);
    }

    /**
     * Returns a codec that reads snapshots of an earlier revision, so that the first start after an update is not
     * slower.
     */
    static SnapshotCodec<RegistryShard> codecOfRevision(int revision) {
        return new SnapshotCodec<>(
                RegistryShard.class,
                NAME,
                revision,
                shard -> {
                    throw new IllegalStateException("Snapshots of earlier revisions can't be written.");
                },
                bytes -> new ShardSnapshotReader(bytes, revision).shard());
    }

    /** Encodes a shard. */
    static byte[] encode(RegistryShard shard) {
        return new ShardSnapshotWriter().shard(shard.name(), shard.state());
    }

    /**
     * Decodes a shard into a new object.
     *
     * @throws IllegalArgumentException if the bytes don't have this layout
     */
    static RegistryShard decode(byte[] bytes) {
        return new ShardSnapshotReader(bytes, ShardSnapshotCodes.REVISION).shard();
    }
}
