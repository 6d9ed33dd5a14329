package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.eventstore.wire.SnapshotCodec;

/**
 * A shard as bytes, and back: equal states have equal bytes. Nothing is parsed but numbers and texts, so that a million
 * instances are back within seconds.
 *
 * <p>Layout: one byte of version, name, start of the last grace, generation, observations since the checkpoint; next slot,
 * free slots, left slots; present instances in the order of their slots; tombstones, eldest first; services of which more is
 * known than their instances tell. A service or an owner is written out where it first occurs, and is a number after that.
 */
final class ShardSnapshotCodec {

    /** The name of its kind in the store, for ever. */
    static final String NAME = "RegistryShard";

    /** Raised with every change of the layout: a snapshot of a revision that nobody reads is as good as none. */
    static final int REVISION = 4;

    /** Before it could be put into maintenance, an instance was always active; nor was kept when it last changed. */
    static final int WITHOUT_DECLARED = 1;

    /** Before the registry made checks itself, there were no results, no circuits, and nobody was held back. */
    static final int WITHOUT_CHECKS = 2;

    /** Before they were counted by where they come from, a pass of either source took back the failures of both. */
    static final int WITH_ONE_STREAK = 3;

    static final byte DEREGISTERED = 0;
    static final byte REMOVED = 1;

    static final int MONITORED = 1;
    static final int OVERDUE = 2;
    static final int MIN_BYTES_OF_INSTANCE = 13;

    private ShardSnapshotCodec() {}

    /** How the store writes and reads snapshots of shards. */
    static SnapshotCodec<RegistryShard> codec() {
        return new SnapshotCodec<>(
                RegistryShard.class, NAME, REVISION, ShardSnapshotCodec::encode, ShardSnapshotCodec::decode);
    }

    /** How it reads those that a revision before has left, so that the first start after it is as quick as any. */
    static SnapshotCodec<RegistryShard> codecOfThePast(int revision) {
        return new SnapshotCodec<>(
                RegistryShard.class,
                NAME,
                revision,
                shard -> {
                    throw new IllegalStateException("A snapshot of the past is read, never written.");
                },
                bytes -> new ShardSnapshotReader(bytes, revision).shard());
    }

    /** The bytes of that shard. */
    static byte[] encode(RegistryShard shard) {
        return new ShardSnapshotWriter().shard(shard.name(), shard.state());
    }

    /**
     * A new shard, of its own, with that state.
     *
     * @throws IllegalArgumentException if the bytes aren't of this layout
     */
    static RegistryShard decode(byte[] bytes) {
        return new ShardSnapshotReader(bytes, REVISION).shard();
    }
}
