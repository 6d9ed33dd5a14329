package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.command.configuration.KeyValueIndex.StoredKey;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import dev.aicore.discovery.eventstore.wire.WireJson;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Encodes and decodes the snapshots of the aggregate of keys. Equal states have equal bytes. The events of the
 * aggregate are kept permanently, so its state can be rebuilt from them at any time.
 */
final class KeyValueSnapshotCodec {

    /** Name of the snapshot's type in the store; must never change. */
    static final String NAME = "KeyValueIndex";

    /** Revision of the layout, increased with each change. */
    static final int REVISION = 1;

    private KeyValueSnapshotCodec() {}

    private record KeyEntry(String key, int version, String digest, int bytes, String principal) {}

    private record SnapshotContent(int lastVersion, List<KeyEntry> keys) {}

    /** Returns the codec that writes and reads snapshots of the aggregate. */
    static SnapshotCodec<KeyValueAggregate> codec() {
        return new SnapshotCodec<>(
                KeyValueAggregate.class, NAME, REVISION, KeyValueSnapshotCodec::encode, KeyValueSnapshotCodec::decode);
    }

    private static byte[] encode(KeyValueAggregate aggregate) {
        var index = aggregate.index();
        var keys = index.keys().entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
        return WireJson.mapper().writeValueAsBytes(new SnapshotContent(index.lastVersion(), keys));
    }

    private static KeyEntry entry(String key, StoredKey stored) {
        return new KeyEntry(key, stored.version(), stored.digest(), stored.bytes(), stored.principal());
    }

    private static KeyValueAggregate decode(byte[] bytes) {
        var content = WireJson.mapper().readValue(bytes, SnapshotContent.class);
        return new KeyValueAggregate(new KeyValueIndex(
                content.lastVersion(),
                content.keys().stream()
                        .collect(Collectors.toMap(
                                KeyEntry::key,
                                entry -> new StoredKey(
                                        entry.version(), entry.digest(), entry.bytes(), entry.principal())))));
    }
}
