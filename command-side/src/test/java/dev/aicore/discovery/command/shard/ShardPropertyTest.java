package dev.aicore.discovery.command.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.deadletter.DropDeadLetter;
import dev.aicore.discovery.api.discovery.ResetPicks;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.testing.Generator;
import dev.aicore.discovery.api.testing.SeededTest;
import java.util.List;
import java.util.random.RandomGenerator;

class ShardPropertyTest {

    /** Policy with frequent checkpoints, in chunks of one or two entries. */
    private static final CheckpointPolicy OFTEN = new CheckpointPolicy(2, 10, 20);

    private static final List<Integer> ONE_BY_ONE = List.of(1);
    private static final List<Integer> ALL_AT_ONCE = List.of(Integer.MAX_VALUE);

    private static final Generator<ShardScenario> SCENARIOS = ShardScenario.any();
    private static final Generator<List<Integer>> CUTS =
            Generator.intBetween(1, 7).list(1, 5);
    private static final Generator<Integer> PERCENTAGES = Generator.intBetween(0, 100);
    private static final Generator<Integer> COUNTS = Generator.intBetween(0, 40);

    @SeededTest
    void foldedEvents_yieldEqualState(RandomGenerator random) {
        var cuts = CUTS.generate(random);
        ScenarioShrinker.assertHolds(SCENARIOS.generate(random), "batch sizes " + cuts, shardScenario -> {
            var live = play(shardScenario, cuts);
            var folded = ShardHarness.fold(new ShardState(), live.events);
            assertThat(CanonicalShardState.of(folded)).isEqualTo(CanonicalShardState.of(live.state));
            assertThat(encoded(folded)).isEqualTo(encoded(live.state));
        });
    }

    @SeededTest
    void instance_matchesReferenceModel(RandomGenerator random) {
        var cuts = CUTS.generate(random);
        ScenarioShrinker.assertHolds(SCENARIOS.generate(random), "batch sizes " + cuts, shardScenario -> {
            var live = play(shardScenario, cuts, ShardHarness.LONE);
            var told = EventHistoryReplay.of(live.events).lines();
            for (var id : ShardScenario.IDS) {
                var model = new InstanceReferenceModel(id);
                shardScenario
                        .moments()
                        .forEach(moment -> moment.items()
                                .forEach(command -> model.ask(moment.at().toEpochMilli(), command)));
                assertThat(told.getOrDefault(id, List.of())).isEqualTo(model.history);
                assertThat(InstanceReferenceModel.summary(live.state.find(id))).isEqualTo(model.summary());
            }
        });
    }

    @SeededTest
    void batchBoundaries_doNotChangeOutcomes(RandomGenerator random) {
        var cuts = CUTS.generate(random);
        ScenarioShrinker.assertHolds(SCENARIOS.generate(random), "batch sizes " + cuts, shardScenario -> {
            var alone = play(shardScenario, ONE_BY_ONE);
            for (var other : List.of(play(shardScenario, cuts), play(shardScenario, ALL_AT_ONCE))) {
                assertThat(EventHistoryReplay.of(other.events).lines())
                        .isEqualTo(EventHistoryReplay.of(alone.events).lines());
                assertThat(outcomes(other)).isEqualTo(outcomes(alone));
            }
        });
    }

    @SeededTest
    void outcome_namesCausingEvent(RandomGenerator random) {
        var cuts = CUTS.generate(random);
        ScenarioShrinker.assertHolds(SCENARIOS.generate(random), "batch sizes " + cuts, shardScenario -> {
            var alone = linesOfOutcomes(play(shardScenario, ONE_BY_ONE));
            for (var sizes : List.of(cuts, ALL_AT_ONCE)) {
                var other = linesOfOutcomes(play(shardScenario, sizes));
                assertThat(other).hasSameSizeAs(alone);
                for (int i = 0; i < other.size(); i++) {
                    assertThat(other.get(i)).containsAll(lastOf(alone.get(i)));
                    assertThat(other.get(i).isEmpty()).isEqualTo(alone.get(i).isEmpty());
                }
            }
        });
    }

    @SeededTest
    void snapshotAndLaterEvents_yieldEqualState(RandomGenerator random) {
        var cuts = CUTS.generate(random);
        int percent = PERCENTAGES.generate(random);
        var inputs = "batch sizes " + cuts + ", a snapshot after " + percent + " % of the events";
        ScenarioShrinker.assertHolds(SCENARIOS.generate(random), inputs, shardScenario -> {
            var live = play(shardScenario, cuts);
            int count = live.events.size() * percent / 100;
            var taken = ShardHarness.fold(new ShardState(), live.events.subList(0, count));
            var restored = restored(taken);
            assertThat(CanonicalShardState.of(restored)).isEqualTo(CanonicalShardState.of(taken));
            assertThat(encoded(restored)).isEqualTo(encoded(taken));
            ShardHarness.fold(restored, live.events.subList(count, live.events.size()));
            assertThat(CanonicalShardState.of(restored)).isEqualTo(CanonicalShardState.of(live.state));
        });
    }

    @SeededTest
    void restoredShard_decidesEqually(RandomGenerator random) {
        var cuts = CUTS.generate(random);
        int until = COUNTS.generate(random);
        var inputs = "batch sizes " + cuts + ", a snapshot after " + until + " moments";
        ScenarioShrinker.assertHolds(SCENARIOS.generate(random), inputs, shardScenario -> {
            var live = play(shardScenario.first(until), cuts);
            var restored = new ShardHarness(restored(live.state), OFTEN, ShardHarness.TOUCHY);
            int before = live.events.size();
            shardScenario.from(until).playOn(live, cuts);
            shardScenario.from(until).playOn(restored, cuts);
            assertThat(restored.events).isEqualTo(live.events.subList(before, live.events.size()));
            assertThat(CanonicalShardState.of(restored.state)).isEqualTo(CanonicalShardState.of(live.state));
        });
    }

    private static ShardHarness play(ShardScenario shardScenario, List<Integer> cuts) {
        return play(shardScenario, cuts, ShardHarness.TOUCHY);
    }

    private static ShardHarness play(ShardScenario shardScenario, List<Integer> cuts, ShardPolicies shardPolicies) {
        var shardHarness = new ShardHarness(OFTEN, shardPolicies);
        shardScenario.playOn(shardHarness, cuts);
        return shardHarness;
    }

    private static byte[] encoded(ShardState state) {
        return ShardSnapshotCodec.encode(new RegistryShard(ShardSamples.SHARD, state));
    }

    private static ShardState restored(ShardState state) {
        return ShardSnapshotCodec.decode(encoded(state)).state();
    }

    /** Returns, for each outcome, what its event states about the instances of the command. */
    private static List<List<String>> linesOfOutcomes(ShardHarness shardHarness) {
        var eventHistoryReplay = EventHistoryReplay.of(shardHarness.events);
        return shardHarness.answered.stream()
                // A batch heartbeat causes several events; the last one depends on how the batch was split.
                .filter(answered -> !(answered.item() instanceof RenewLeases))
                .map(answered ->
                        answered.event() < 0 ? List.<String>of() : linesOfOutcomes(eventHistoryReplay, answered))
                .toList();
    }

    private static List<String> linesOfOutcomes(EventHistoryReplay eventHistoryReplay, ShardHarness.Answered answered) {
        var said = idsOf(answered.item()).stream()
                .flatMap(id -> eventHistoryReplay.linesOfEvent(answered.event(), id).stream())
                .toList();
        assertThat(said).isNotEmpty();
        return said;
    }

    private static List<String> lastOf(List<String> lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.getLast());
    }

    private static List<String> idsOf(ShardCommand command) {
        return switch (command) {
            case RegisterInstance asked -> List.of(asked.id());
            case UpdateInstance asked -> List.of(asked.id());
            case DeregisterInstance asked -> List.of(asked.id());
            case RenewLease asked -> List.of(asked.id());
            case RenewLeases asked -> asked.ids();
            case RecordCheck asked -> List.of(asked.id());
            case ExpireLeases asked -> asked.ids();
            case SwitchMonitoring asked -> List.of(asked.id());
            case ReportCalls asked -> List.of(asked.id());
            case FindMonitoredInstances _,
                    TakeCheckpoint _,
                    ResetPicks _,
                    DropDeadLetter _,
                    RestoreServiceInstances _,
                    ExtendLeases _ -> List.of("");
        };
    }

    /** Returns the outcomes without slots, which depend on the times of checkpoints. */
    private static List<Object> outcomes(ShardHarness shardHarness) {
        return shardHarness.answered.stream()
                .map(answered -> withoutSlot(answered.settled().outcome()))
                .toList();
    }

    private static Object withoutSlot(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored stored ->
                List.of(
                        stored.change(),
                        stored.version(),
                        stored.declaration(),
                        stored.state(),
                        stored.changedAt(),
                        stored.heardAt(),
                        withoutSlot(stored.lease()));
            case Outcome.Renewed renewed -> List.of(renewed.revived(), withoutSlot(renewed.lease()));
            case Outcome.Batch batch ->
                batch.outcomes().stream().map(ShardPropertyTest::withoutSlot).toList();
            case Outcome.Deregistered deregistered -> withoutSlot(deregistered.lease());
            case Outcome.Leases leases ->
                leases.leases().stream()
                        .map(ShardPropertyTest::withoutSlot)
                        .sorted()
                        .toList();
            case Outcome.Restored restored -> restored.instances();
            case Outcome.Reset reset -> reset;
            case Outcome.Dropped dropped -> dropped;
            case Outcome.Monitored monitored -> monitored;
            case Outcome.MonitoredInstances monitoredInstances -> monitoredInstances;
            case Outcome.Checkpointed _ -> "checkpointed";
            case Outcome.Circuit circuit -> List.of(circuit.breaker(), withoutSlot(circuit.lease()));
            case Outcome.Configured configured -> configured;
            case Outcome.Refused refused -> refused;
        };
    }

    private static String withoutSlot(Lease lease) {
        return lease.id() + " " + lease.phase() + " " + lease.dueAt();
    }
}
