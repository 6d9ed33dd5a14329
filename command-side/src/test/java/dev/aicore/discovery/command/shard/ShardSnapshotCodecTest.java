package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_UNHEALTHY;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.checked;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.command.shard.TombstoneIndex.Tombstone;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the layout. Equality after a round trip is a property; see {@link ShardPropertyTest}. */
class ShardSnapshotCodecTest {

    private static RegistryShard shard(@Nullable HealthCheck check) {
        var checked = declaration("orders", 100, TTL, check);
        var shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT);
        begin(shardHarness, checked);
        shardHarness.ask(after(40), List.of(expire(after(40), "c")));
        shardHarness.ask(after(200), List.of(expire(after(200), "c")));
        return new RegistryShard(ShardSamples.SHARD, shardHarness.state);
    }

    private static void begin(ShardHarness shardHarness, Declaration checked) {
        shardHarness.ask(NOON, List.of(register("a"), register("b"), register("c", checked, by("ann"))));
        shardHarness.ask(
                after(1), List.of(new DeregisterInstance("b", by("ann")), new ExtendLeases("start", "It started.")));
    }

    @Test
    void snapshot_roundTripsThroughStoreSerializer() {
        var serializer = new SnapshotSerializer(List.of(ShardSnapshotCodec.codec()));
        var shard = shard(check(3, 2));
        var serialized = serializer.serialize(shard, byte[].class);
        assertThat(serialized.getType().getName()).isEqualTo("RegistryShard");
        assertThat(serialized.getType().getRevision()).isEqualTo("5");
        RegistryShard restored = serializer.deserialize(serialized);
        assertThat(restored.name()).isEqualTo(ShardSamples.SHARD);
        assertThat(CanonicalShardState.of(restored.state())).isEqualTo(CanonicalShardState.of(shard.state()));
    }

    @Test
    void snapshotWithoutDeregistrationTime_isReadAndUpgraded() throws IOException {
        assertReadAndUpgraded(ShardSnapshotCodes.WITHOUT_DEREGISTER_AFTER, shard(check(3, 2)));
    }

    @Test
    void snapshotWithDeregistrationTime_roundTrips() {
        var declared = new HealthCheck("ttl", 10, 5, 1, 1, Map.of("deregister_after", 0));
        var serializer = new SnapshotSerializer(List.of(ShardSnapshotCodec.codec()));
        RegistryShard restored = serializer.deserialize(serializer.serialize(shard(declared), byte[].class));
        assertThat(all(restored.state()).map(Instance::deregisterAfter)).contains(0, -1);
    }

    @Test
    void snapshotWithOneStreak_isReadAndUpgraded() throws IOException {
        var shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT);
        begin(shardHarness, declaration("orders", 100, TTL, check(3, 2)));
        shardHarness.ask(after(2), List.of(checked("c", CHECK_FAILED), heartbeat("a", REPORTED_UNHEALTHY)));
        assertReadAndUpgraded(
                ShardSnapshotCodes.WITH_ONE_STREAK, new RegistryShard(ShardSamples.SHARD, shardHarness.state));
    }

    @Test
    void snapshotWithoutChecks_isReadAndUpgraded() throws IOException {
        assertReadAndUpgraded(ShardSnapshotCodes.WITHOUT_CHECKS, shard(check(3, 2)));
    }

    @Test
    void snapshotWithoutAdminState_isReadAndUpgraded() throws IOException {
        var known = shard(null);
        all(known.state()).forEach(instance -> instance.changedAt = instance.registeredAt);
        assertReadAndUpgraded(ShardSnapshotCodes.WITHOUT_ADMIN_STATE, known);
    }

    private static void assertReadAndUpgraded(int revision, RegistryShard known) throws IOException {
        var serializer = new SnapshotSerializer(
                List.of(ShardSnapshotCodec.codec(), ShardSnapshotCodec.codecOfRevision(revision)));
        assertThat(serializer.reads("RegistryShard", revision)).isTrue();
        RegistryShard restored = serializer.deserialize(new SimpleSerializedObject<>(
                storedSnapshot(revision),
                byte[].class,
                new SimpleSerializedType("RegistryShard", Integer.toString(revision))));
        assertThat(restored.name()).isEqualTo(ShardSamples.SHARD);
        assertThat(CanonicalShardState.of(restored.state())).isEqualTo(CanonicalShardState.of(known.state()));
        assertThat(serializer.serialize(restored, byte[].class).getType().getRevision())
                .isEqualTo("5");
    }

    private static byte[] storedSnapshot(int revision) throws IOException {
        try (var file =
                ShardSnapshotCodecTest.class.getResourceAsStream("/snapshots/RegistryShard-v" + revision + ".hex")) {
            return HexFormat.of().parseHex(new String(requireNonNull(file).readAllBytes(), UTF_8).replace("\n", ""));
        }
    }

    private static Stream<Instance> all(ShardState state) {
        return Stream.concat(
                state.instances.values().stream(),
                state.tombstones.byId().values().stream()
                        .map(Tombstone::instance)
                        .filter(Objects::nonNull));
    }

    @Test
    void truncatedSnapshot_isRefused() {
        var bytes = ShardSnapshotCodec.encode(shard(check(3, 2)));
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> ShardSnapshotCodec.decode(cut));
        }
    }

    @Test
    void corruptSnapshot_isRefusedOrRead() {
        var bytes = ShardSnapshotCodec.encode(shard(check(3, 2)));
        for (int at = 0; at < bytes.length; at++) {
            var wrong = bytes.clone();
            wrong[at] = (byte) 0xff;
            try {
                assertThat(ShardSnapshotCodec.decode(wrong)).isNotNull();
            } catch (IllegalArgumentException | IllegalStateException refused) {
                assertThat(refused).hasMessageContaining(" ");
            }
        }
    }

    @Test
    void snapshotOfUnknownLayout_isRefused() {
        var bytes = ShardSnapshotCodec.encode(shard(check(3, 2)));
        bytes[0]++;
        assertThatThrownBy(() -> ShardSnapshotCodec.decode(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unknown layout 6");
    }
}
