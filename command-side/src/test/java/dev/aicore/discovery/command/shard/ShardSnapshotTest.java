package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_UNHEALTHY;
import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.check;
import static dev.aicore.discovery.command.shard.Samples.checked;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.expire;
import static dev.aicore.discovery.command.shard.Samples.heartbeat;
import static dev.aicore.discovery.command.shard.Samples.register;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthCheck;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.GrantGrace;
import dev.aicore.discovery.config.eventstore.wire.SnapshotSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Equality after a round trip is a property: see {@link ShardPropertyTest}. */
class ShardSnapshotTest {

    private static RegistryShard shard(@Nullable HealthCheck check) {
        var checked = declaration("orders", 100, TTL, check);
        var play = new Play(Checkpointing.USUAL);
        begin(play, checked);
        play.ask(after(40), List.of(expire(after(40), "c")));
        play.ask(after(200), List.of(expire(after(200), "c")));
        return new RegistryShard(Samples.SHARD, play.state);
    }

    private static void begin(Play play, Declaration checked) {
        play.ask(NOON, List.of(register("a"), register("b"), register("c", checked, by("ann"))));
        play.ask(after(1), List.of(new DeregisterInstance("b", by("ann")), new GrantGrace("start", "It started.")));
    }

    @Test
    void isReadBackBehindTheStoresSerializer() {
        var serializer = new SnapshotSerializer(List.of(ShardSnapshot.codec()));
        var shard = shard(check(3, 2));
        var serialized = serializer.serialize(shard, byte[].class);
        assertThat(serialized.getType().getName()).isEqualTo("RegistryShard");
        assertThat(serialized.getType().getRevision()).isEqualTo("4");
        RegistryShard restored = serializer.deserialize(serialized);
        assertThat(restored.name()).isEqualTo(Samples.SHARD);
        assertThat(Canonical.of(restored.state())).isEqualTo(Canonical.of(shard.state()));
    }

    @Test
    void oneWithOneStreakIsReadAndWrittenAnew() throws IOException {
        var play = new Play(Checkpointing.USUAL);
        begin(play, declaration("orders", 100, TTL, check(3, 2)));
        play.ask(after(2), List.of(checked("c", CHECK_FAILED), heartbeat("a", REPORTED_UNHEALTHY)));
        isReadAndWrittenAnew(ShardSnapshot.WITH_ONE_STREAK, new RegistryShard(Samples.SHARD, play.state));
    }

    @Test
    void oneWithoutChecksIsReadAndWrittenAnew() throws IOException {
        isReadAndWrittenAnew(ShardSnapshot.WITHOUT_CHECKS, shard(check(3, 2)));
    }

    @Test
    void oneWithoutDeclaredIsReadAndWrittenAnew() throws IOException {
        var known = shard(null);
        all(known.state()).forEach(instance -> instance.changedAt = instance.registeredAt);
        isReadAndWrittenAnew(ShardSnapshot.WITHOUT_DECLARED, known);
    }

    private static void isReadAndWrittenAnew(int revision, RegistryShard known) throws IOException {
        var serializer = new SnapshotSerializer(List.of(ShardSnapshot.codec(), ShardSnapshot.codecOfThePast(revision)));
        assertThat(serializer.reads("RegistryShard", revision)).isTrue();
        RegistryShard restored = serializer.deserialize(new SimpleSerializedObject<>(
                ofThePast(revision),
                byte[].class,
                new SimpleSerializedType("RegistryShard", Integer.toString(revision))));
        assertThat(restored.name()).isEqualTo(Samples.SHARD);
        assertThat(Canonical.of(restored.state())).isEqualTo(Canonical.of(known.state()));
        assertThat(serializer.serialize(restored, byte[].class).getType().getRevision())
                .isEqualTo("4");
    }

    private static byte[] ofThePast(int revision) throws IOException {
        try (var file = ShardSnapshotTest.class.getResourceAsStream("/snapshots/RegistryShard-v" + revision + ".hex")) {
            return HexFormat.of().parseHex(new String(requireNonNull(file).readAllBytes(), UTF_8).replace("\n", ""));
        }
    }

    private static Stream<Instance> all(ShardState state) {
        return Stream.concat(
                state.present.values().stream(),
                state.gone.byId().values().stream().map(Tombstone::instance).filter(Objects::nonNull));
    }

    @Test
    void aCutOneIsRefusedWhereverItIsCut() {
        var bytes = ShardSnapshot.encode(shard(check(3, 2)));
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> ShardSnapshot.decode(cut));
        }
    }

    @Test
    void oneThatWasTamperedWithIsRefusedOrRead() {
        var bytes = ShardSnapshot.encode(shard(check(3, 2)));
        for (int at = 0; at < bytes.length; at++) {
            var wrong = bytes.clone();
            wrong[at] = (byte) 0xff;
            try {
                assertThat(ShardSnapshot.decode(wrong)).isNotNull();
            } catch (IllegalArgumentException | IllegalStateException refused) {
                assertThat(refused).hasMessageContaining(" ");
            }
        }
    }

    @Test
    void anotherLayoutIsRefused() {
        var bytes = ShardSnapshot.encode(shard(check(3, 2)));
        bytes[0]++;
        assertThatThrownBy(() -> ShardSnapshot.decode(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layout 5");
    }
}
