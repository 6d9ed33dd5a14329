package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import dev.aicore.discovery.eventstore.wire.WireJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the snapshots of the configuration aggregate. Equal states have equal bytes. The events of the
 * aggregate are kept permanently, so its state can be rebuilt from them at any time.
 */
final class ConfigurationSnapshotCodec {

    /** Name of the snapshot's type in the store; must never change. */
    static final String NAME = "VersionBook";

    /** Revision of the layout, increased with each change. */
    static final int REVISION = 1;

    private ConfigurationSnapshotCodec() {}

    private record Entry(
            String service, List<Long> events, @Nullable String digest, int revision, long schema) {}

    private record SnapshotContent(List<Entry> services) {}

    /** Returns the codec that writes and reads snapshots of the aggregate. */
    static SnapshotCodec<ConfigurationAggregate> codec() {
        return new SnapshotCodec<>(
                ConfigurationAggregate.class,
                NAME,
                REVISION,
                ConfigurationSnapshotCodec::encode,
                ConfigurationSnapshotCodec::decode);
    }

    private static byte[] encode(ConfigurationAggregate aggregate) {
        var services = aggregate.services().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
        return WireJson.mapper().writeValueAsBytes(new SnapshotContent(services));
    }

    private static Entry entry(String service, VersionIndex versionIndex) {
        return new Entry(
                service,
                LongStream.of(versionIndex.events()).boxed().toList(),
                versionIndex.digest(),
                versionIndex.revision(),
                versionIndex.schema());
    }

    private static ConfigurationAggregate decode(byte[] bytes) {
        var services = new HashMap<String, VersionIndex>();
        for (var entry :
                WireJson.mapper().readValue(bytes, SnapshotContent.class).services()) {
            var events = entry.events().stream().mapToLong(Long::longValue).toArray();
            services.put(entry.service(), new VersionIndex(events, entry.digest(), entry.revision(), entry.schema()));
        }
        return new ConfigurationAggregate(services);
    }
}
