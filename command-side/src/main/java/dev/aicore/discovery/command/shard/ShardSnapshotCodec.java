package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.eventstore.wire.SnapshotCodec;

/**
 * Encodes and decodes the snapshots of a shard. Equal states have equal bytes. Only numbers and strings are parsed, so
 * that a million instances are loaded within seconds.
 *
 * <p>Layout: one byte of revision, name, time of the last lease extension, generation, observations since the
 * checkpoint; next slot, free slots, vacated slots; present instances in order of their slots; tombstones, oldest
 * first; services with state that is not derived from their instances. The name of a service or an owner is written at
 * its first occurrence and is a number after that.
 */
final class ShardSnapshotCodec {

    /** Name of the snapshot's type in the store; must never change. */
    static final String NAME = "RegistryShard";

    /** Revision of the layout, increased with each change. A snapshot of an unknown revision is ignored. */
    static final int REVISION = 4;

    /** Revision without admin state and time of the last change: instances were always active. */
    static final int WITHOUT_ADMIN_STATE = 1;

    /** Revision without active checks: no check results, circuit breakers or self-preservation. */
    static final int WITHOUT_CHECKS = 2;

    /** Revision with one streak per instance: a pass of either source reset the failures of both. */
    static final int WITH_ONE_STREAK = 3;

    static final byte DEREGISTERED = 0;
    static final byte REMOVED = 1;

    static final int MONITORED = 1;
    static final int OVERDUE = 2;
    static final int MIN_BYTES_OF_INSTANCE = 13;

    private ShardSnapshotCodec() {}

    /** Returns the codec that writes and reads snapshots of the present revision. */
    static SnapshotCodec<RegistryShard> codec() {
        return new SnapshotCodec<>(
                RegistryShard.class, NAME, REVISION, ShardSnapshotCodec::encode, ShardSnapshotCodec::decode);
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
                    throw new IllegalStateException("A snapshot of the past is read, never written.");
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
        return new ShardSnapshotReader(bytes, REVISION).shard();
    }
}
