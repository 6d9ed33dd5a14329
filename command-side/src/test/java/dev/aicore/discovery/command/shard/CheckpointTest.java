package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Entry;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final CheckpointPolicy AFTER_TWO = new CheckpointPolicy(2, 1_000, 500_000);

    private final ShardHarness shard = new ShardHarness(AFTER_TWO);

    private void ask(ShardCommand... items) {
        shard.ask(NOON, List.of(items));
    }

    private static DeregisterInstance deregister(String id) {
        return new DeregisterInstance(id, by("ann"));
    }

    private static List<ShardCheckpointed.Contents> checkpoints(List<RegistryEvent> events) {
        return events.stream()
                .flatMap(event -> event instanceof ShardCheckpointed taken ? Stream.of(taken.contents()) : Stream.of())
                .toList();
    }

    private List<Integer> assignedSlots() {
        return shard.events.stream()
                .flatMap(event -> event instanceof InstanceRegistered given ? Stream.of(given.slot()) : Stream.of())
                .toList();
    }

    @Test
    void slot_isReusedOnlyAfterCheckpoint() {
        ask(register("a"), register("b"), deregister("a"));
        ask(register("c"));
        assertThat(assignedSlots()).containsExactly(0, 1, 2);
        assertThat(checkpoints(shard.events)).isEmpty();

        ask(deregister("b"));
        assertThat(checkpoints(shard.events))
                .containsExactly(
                        new ShardCheckpointed.Contents(1, 0, 1, List.of(new Entry(2, NOON.toEpochMilli(), "c"))));

        ask(register("d"), register("e"), register("f"));
        assertThat(assignedSlots()).containsExactly(0, 1, 2, 0, 1, 3);
        assertThat(((InstanceRegistered) shard.events.getLast()).generation()).isEqualTo(1);
    }

    @Test
    void slot_withinBatchCausingCheckpoint_isNotReused() {
        ask(register("a"), register("b"), deregister("a"), deregister("b"), register("c"));
        assertThat(assignedSlots()).containsExactly(0, 1, 2);
        assertThat(shard.events.getLast()).isInstanceOf(ShardCheckpointed.class);
    }

    @Test
    void observations_beyondLimit_causeCheckpoint() {
        var shard = new ShardHarness(new CheckpointPolicy(100, 3, 500_000));
        shard.ask(NOON, List.of(register("a"), heartbeat("a"), heartbeat("a")));
        assertThat(checkpoints(shard.events)).isEmpty();
        shard.ask(NOON, List.of(heartbeat("a")));
        shard.ask(NOON, List.of(heartbeat("a")));
        assertThat(checkpoints(shard.events)).hasSize(1);
    }

    @Test
    void requestedCheckpoint_isLastEventOfBatchAndNamedByOutcome() {
        var shard = new ShardHarness(new CheckpointPolicy(100, 100, 1));
        shard.ask(NOON, List.of(register("a"), register("b")));
        var settled = shard.ask(NOON, List.of(new TakeCheckpoint(), register("c"), heartbeat("a")));

        assertThat(checkpoints(shard.events)).hasSizeGreaterThan(1).allMatch(chunk -> chunk.generation() == 1);
        assertThat(shard.events.getLast()).isInstanceOf(ShardCheckpointed.class);
        assertThat(settled.getFirst().outcome()).isEqualTo(new Outcome.Checkpointed(1));
        assertThat(settled.getFirst().event()).isEqualTo(shard.events.size() - 1 - 2); // two events precede the batch
        assertThat(shard.state.generation).isEqualTo(1);
        assertThat(shard.state.observationsSinceCheckpoint).isZero();
    }

    @Test
    void checkpointChunks_areBoundedAndComplete() {
        var longest = "x".repeat(250);
        var shard = new ShardHarness(new CheckpointPolicy(1, 1_000, CheckpointPolicy.DEFAULT.chunkBytes()));
        var ids = IntStream.range(0, 5_000)
                .mapToObj(i -> longest + String.format("%06d", i))
                .toList();
        shard.ask(NOON, ids.stream().<ShardCommand>map(ShardSamples::register).toList());
        shard.ask(NOON, List.of(deregister(ids.getFirst())));

        var taken = shard.events.stream()
                .filter(ShardCheckpointed.class::isInstance)
                .map(ShardCheckpointed.class::cast)
                .toList();
        assertThat(taken).hasSizeGreaterThan(2).allMatch(chunk -> chunk.bytes().length <= 512 * 1024);
        var seated = new ArrayList<String>();
        for (int i = 0; i < taken.size(); i++) {
            var contents = taken.get(i).contents();
            assertThat(contents.generation()).isEqualTo(1);
            assertThat(contents.chunk()).isEqualTo(i);
            assertThat(contents.chunks()).isEqualTo(taken.size());
            contents.entries().forEach(entry -> seated.add(entry.id()));
        }
        assertThat(seated).isEqualTo(ids.subList(1, ids.size()));
    }

    @Test
    void tombstones_beyondLimit_evictOldest() {
        var ids = IntStream.rangeClosed(0, TombstoneIndex.MAX_SIZE)
                .mapToObj(Integer::toString)
                .toList();
        var shard = new ShardHarness(CheckpointPolicy.DEFAULT);
        shard.ask(NOON, ids.stream().<ShardCommand>map(ShardSamples::register).toList());
        shard.ask(
                NOON, ids.stream().<ShardCommand>map(CheckpointTest::deregister).toList());
        assertThat(shard.state.tombstones.byId())
                .hasSize(TombstoneIndex.MAX_SIZE)
                .doesNotContainKey(ids.getFirst());
    }

    @Test
    void refusals_changeNoState() {
        ask(register("a"), heartbeat("a"));
        var before = CanonicalShardState.of(shard.state);
        int events = shard.events.size();
        var refused = IntStream.range(0, 10_000)
                .<ShardCommand>mapToObj(i -> switch (i % 3) {
                    case 0 -> heartbeat("unknown-" + i);
                    case 1 -> register("a", ShardSamples.declaration(i % 60_000), by("bob"));
                    default -> new DeregisterInstance("a", by("bob"));
                })
                .toList();
        var settled = shard.ask(NOON, refused);
        assertThat(settled).hasSize(10_000).allMatch(one -> one.event() == -1);
        assertThat(settled.getFirst())
                .extracting(CommandResult::outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(UNKNOWN_INSTANCE));
        assertThat(shard.events).hasSize(events);
        assertThat(CanonicalShardState.of(shard.state)).isEqualTo(before);
    }
}
