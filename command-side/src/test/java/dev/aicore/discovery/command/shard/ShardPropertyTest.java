package dev.aicore.discovery.command.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.FindChecked;
import dev.aicore.discovery.api.shard.GrantGrace;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.api.shard.ReportOutcomes;
import dev.aicore.discovery.api.shard.ResetPicks;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ShardPropertyTest {

    /** Checkpoints come often here, in chunks of one or two entries. */
    private static final Checkpointing OFTEN = new Checkpointing(2, 10, 20);

    private static final List<Integer> ONE_BY_ONE = List.of(1);
    private static final List<Integer> ALL_AT_ONCE = List.of(Integer.MAX_VALUE);

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Scenario.any();
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 7).list().ofMinSize(1).ofMaxSize(5);
    }

    @Property
    void foldingTheEventsGivesTheSameState(@ForAll("scenarios") Scenario scenario, @ForAll("cuts") List<Integer> cuts) {
        var live = play(scenario, cuts);
        var folded = Play.fold(new ShardState(), live.events);
        assertThat(Canonical.of(folded)).isEqualTo(Canonical.of(live.state));
        assertThat(encoded(folded)).isEqualTo(encoded(live.state));
    }

    @Property
    void eachInstanceFaresAsIfItWereAlone(@ForAll("scenarios") Scenario scenario, @ForAll("cuts") List<Integer> cuts) {
        var live = play(scenario, cuts, Play.LONE);
        var told = Histories.of(live.events).lines();
        for (var id : Scenario.IDS) {
            var model = new InstanceModel(id);
            scenario.moments()
                    .forEach(moment ->
                            moment.items().forEach(item -> model.ask(moment.at().toEpochMilli(), item)));
            assertThat(told.getOrDefault(id, List.of())).isEqualTo(model.history);
            assertThat(InstanceModel.summary(live.state.find(id))).isEqualTo(model.summary());
        }
    }

    @Property
    void batchesMakeNoDifference(@ForAll("scenarios") Scenario scenario, @ForAll("cuts") List<Integer> cuts) {
        var alone = play(scenario, ONE_BY_ONE);
        for (var other : List.of(play(scenario, cuts), play(scenario, ALL_AT_ONCE))) {
            assertThat(Histories.of(other.events).lines())
                    .isEqualTo(Histories.of(alone.events).lines());
            assertThat(outcomes(other)).isEqualTo(outcomes(alone));
        }
    }

    @Property
    void anAnswerNamesTheEventThatSaysSo(@ForAll("scenarios") Scenario scenario, @ForAll("cuts") List<Integer> cuts) {
        var alone = said(play(scenario, ONE_BY_ONE));
        for (var other : List.of(said(play(scenario, cuts)), said(play(scenario, ALL_AT_ONCE)))) {
            assertThat(other).hasSameSizeAs(alone);
            for (int i = 0; i < other.size(); i++) {
                assertThat(other.get(i)).containsAll(lastOf(alone.get(i)));
                assertThat(other.get(i).isEmpty()).isEqualTo(alone.get(i).isEmpty());
            }
        }
    }

    @Property
    void aSnapshotAndWhatFollowsIsAsGoodAsAllEvents(
            @ForAll("scenarios") Scenario scenario,
            @ForAll("cuts") List<Integer> cuts,
            @ForAll @IntRange(max = 100) int percent) {
        var live = play(scenario, cuts);
        int count = live.events.size() * percent / 100;
        var taken = Play.fold(new ShardState(), live.events.subList(0, count));
        var restored = restored(taken);
        assertThat(Canonical.of(restored)).isEqualTo(Canonical.of(taken));
        assertThat(encoded(restored)).isEqualTo(encoded(taken));
        Play.fold(restored, live.events.subList(count, live.events.size()));
        assertThat(Canonical.of(restored)).isEqualTo(Canonical.of(live.state));
    }

    @Property
    void aRestoredShardDecidesTheSame(
            @ForAll("scenarios") Scenario scenario,
            @ForAll("cuts") List<Integer> cuts,
            @ForAll @IntRange(max = 40) int until) {
        var live = play(scenario.first(until), cuts);
        var restored = new Play(restored(live.state), OFTEN, Play.TOUCHY);
        int before = live.events.size();
        scenario.from(until).playOn(live, cuts);
        scenario.from(until).playOn(restored, cuts);
        assertThat(restored.events).isEqualTo(live.events.subList(before, live.events.size()));
        assertThat(Canonical.of(restored.state)).isEqualTo(Canonical.of(live.state));
    }

    private static Play play(Scenario scenario, List<Integer> cuts) {
        return play(scenario, cuts, Play.TOUCHY);
    }

    private static Play play(Scenario scenario, List<Integer> cuts, Rules rules) {
        var play = new Play(OFTEN, rules);
        scenario.playOn(play, cuts);
        return play;
    }

    private static byte[] encoded(ShardState state) {
        return ShardSnapshot.encode(new RegistryShard(Samples.SHARD, state));
    }

    private static ShardState restored(ShardState state) {
        return ShardSnapshot.decode(encoded(state)).state();
    }

    /** For each answer what the event that it names says of the instances that were asked about. */
    private static List<List<String>> said(Play play) {
        var histories = Histories.of(play.events);
        return play.answered.stream()
                // Those of many are said by several events; which is the last depends on how the batch was cut.
                .filter(answered -> !(answered.item() instanceof RenewLeases))
                .map(answered -> answered.event() < 0 ? List.<String>of() : said(histories, answered))
                .toList();
    }

    private static List<String> said(Histories histories, Play.Answered answered) {
        var said = idsOf(answered.item()).stream()
                .flatMap(id -> histories.said(answered.event(), id).stream())
                .toList();
        assertThat(said).isNotEmpty();
        return said;
    }

    private static List<String> lastOf(List<String> lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.getLast());
    }

    private static List<String> idsOf(Item item) {
        return switch (item) {
            case RegisterInstance asked -> List.of(asked.id());
            case UpdateInstance asked -> List.of(asked.id());
            case DeregisterInstance asked -> List.of(asked.id());
            case RenewLease asked -> List.of(asked.id());
            case RenewLeases asked -> asked.ids();
            case RecordCheck asked -> List.of(asked.id());
            case ExpireLeases asked -> asked.ids();
            case SwitchMonitoring asked -> List.of(asked.id());
            case ReportOutcomes asked -> List.of(asked.id());
            case FindChecked _, TakeCheckpoint _, ResetPicks _, DropDeadLetter _, RestoreService _, GrantGrace _ ->
                List.of("");
        };
    }

    /** Without slots, which depend on when a checkpoint was taken. */
    private static List<Object> outcomes(Play play) {
        return play.answered.stream()
                .map(answered -> seatless(answered.settled().outcome()))
                .toList();
    }

    private static Object seatless(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Held held ->
                List.of(
                        held.change(),
                        held.version(),
                        held.declaration(),
                        held.state(),
                        held.changedAt(),
                        held.heardAt(),
                        seatless(held.lease()));
            case Outcome.Renewed renewed -> List.of(renewed.revived(), seatless(renewed.lease()));
            case Outcome.Each each ->
                each.outcomes().stream().map(ShardPropertyTest::seatless).toList();
            case Outcome.Deregistered deregistered -> seatless(deregistered.lease());
            case Outcome.Leases leases ->
                leases.leases().stream()
                        .map(ShardPropertyTest::seatless)
                        .sorted()
                        .toList();
            case Outcome.Restored restored -> restored.instances();
            case Outcome.Reset reset -> reset;
            case Outcome.Dropped dropped -> dropped;
            case Outcome.Monitored monitored -> monitored;
            case Outcome.Checked checked -> checked;
            case Outcome.Checkpointed _ -> "checkpointed";
            case Outcome.Circuit circuit -> List.of(circuit.breaker(), seatless(circuit.lease()));
            case Outcome.Configured configured -> configured;
            case Outcome.Refused refused -> refused;
        };
    }

    private static String seatless(Lease lease) {
        return lease.id() + " " + lease.phase() + " " + lease.dueAt();
    }
}
