package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.ShardCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.Snapshotter;
import org.junit.jupiter.api.Test;

class ShardSnapshotTriggerTest {

    private static final int FEWEST = 20;

    private final List<Long> snapshots = new ArrayList<>();
    private final SnapshotTrigger trigger =
            ShardSnapshotTrigger.every(FEWEST, new Noting()).prepareTrigger(RegistryShard.class);
    private long handled;

    @Test
    void smallShard_takesSnapshotsAtConfiguredInterval() {
        handle(registered("a", 0));
        observe(59);
        assertThat(snapshots).containsExactly(20L, 40L, 60L);
    }

    @Test
    void largeShard_takesSnapshotsAtIntervalOfInstanceCount() {
        IntStream.range(0, 50).forEach(i -> handle(registered("i-" + i, i)));
        observe(100);
        assertThat(snapshots).containsExactly(20L, 70L, 120L);
    }

    @Test
    void removedInstances_doNotCountTowardsInterval() {
        IntStream.range(0, 50).forEach(i -> handle(registered("i-" + i, i)));
        IntStream.range(0, 40).forEach(i -> handle(removed("i-" + i)));
        snapshots.clear();
        observe(40);
        assertThat(snapshots).hasSize(2);
    }

    @Test
    void loadedShard_takesSizeFromSnapshot() {
        var shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT);
        List<ShardCommand> fifty = IntStream.range(0, 50)
                .<ShardCommand>mapToObj(i -> register("i-" + i))
                .toList();
        shardHarness.ask(NOON, fifty);
        handle(new RegistryShard(ShardSamples.SHARD, shardHarness.state));
        observe(99);
        assertThat(snapshots).containsExactly(50L, 100L);
    }

    private void observe(int events) {
        IntStream.range(0, events).forEach(_ -> handle("anything"));
    }

    private void handle(Object payload) {
        handled++;
        trigger.eventHandled(new GenericDomainEventMessage<>("RegistryShard", ShardSamples.SHARD, handled, payload));
    }

    private final class Noting implements Snapshotter {
        @Override
        public void scheduleSnapshot(Class<?> aggregateType, String identifier) {
            snapshots.add(handled);
        }
    }
}
