package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.BY_CHECK;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.SHARD;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.shard.ReplayedShard.ReplayListener;
import dev.aicore.discovery.command.shard.ReplayedShard.ReplaySide;
import dev.aicore.discovery.config.settings.DecisionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records ten minutes of a shard in which everything fails once, and decides them again. */
class ReplayedShardTest {

    private static final DecisionSettings OWN = DecisionSettings.of(Map.of())
            .with(List.of(
                    "registry.registration.grace_period=20s",
                    "registry.circuit_breaker.sliding_window_size=10",
                    "registry.circuit_breaker.minimum_number_of_calls=5",
                    "registry.damping.changes=2"));
    private static final int INSTANCES = 24;
    private static final int SECONDS = 600;
    private static final Instant END = NOON.plusSeconds(SECONDS);

    @Test
    void ownSettings_decideTheSame() {
        var recorded = recording();
        var replay = Replay.of(recorded, OWN, NOON);

        assertThat(replay.decisions(ReplaySide.DECIDED)).isEqualTo(replay.decisions(ReplaySide.RECORDED));
        var types = new HashSet<Class<?>>();
        replay.events(ReplaySide.RECORDED).forEach(event -> types.add(event.getClass()));
        assertThat(types)
                .as("the recording has decisions of each type")
                .contains(
                        HealthChanged.class,
                        CircuitChanged.class,
                        LeaseOverdue.class,
                        LeaseExpired.class,
                        InstanceRemoved.class,
                        InstanceRevived.class,
                        SelfPreservationEntered.class);
    }

    @Test
    void ownSettings_decideTheSameFromTheMiddle() {
        var replay = Replay.of(recording(), OWN, NOON.plusSeconds(SECONDS / 2));

        assertThat(replay.decisions(ReplaySide.RECORDED)).hasSizeGreaterThan(10);
        assertThat(replay.decisions(ReplaySide.DECIDED)).isEqualTo(replay.decisions(ReplaySide.RECORDED));
    }

    @Test
    void sameSettings_decideTheSameTwice() {
        var recorded = recording();
        var changed = OWN.with(List.of("registry.registration.default_ttl=12s", "registry.damping.factor=1"));

        var one = Replay.of(recorded, changed, NOON);
        var other = Replay.of(recorded, changed, NOON);

        assertThat(one.decisions(ReplaySide.DECIDED))
                .isEqualTo(other.decisions(ReplaySide.DECIDED))
                .isNotEqualTo(one.decisions(ReplaySide.RECORDED));
    }

    @Test
    void expiryCapOfOne_holdsNothingBack() {
        var replay = Replay.of(recording(), OWN.with(List.of("registry.leases.max_expiring_share=1")), NOON);

        assertThat(replay.events(ReplaySide.RECORDED)).hasAtLeastOneElementOfType(LeaseOverdue.class);
        assertThat(replay.events(ReplaySide.DECIDED))
                .doesNotHaveAnyElementsOfTypes(LeaseOverdue.class, SelfPreservationEntered.class);
    }

    @Test
    void longerTtl_expiresLess() {
        var replay = Replay.of(recording(), OWN.with(List.of("registry.registration.default_ttl=1h")), NOON);

        assertThat(replay.events(ReplaySide.DECIDED)).doesNotHaveAnyElementsOfTypes(LeaseExpired.class);
    }

    @Test
    void shorterTtl_expiresBetweenHeartbeatsAndRevives() {
        var events = new Recorder(declaration("orders", 1, 30, null), 5);
        IntStream.rangeClosed(1, 12).forEach(i -> events.ask(i * 10, heartbeats(5, i * 10)));
        var replay = Replay.of(events.harness.events, OWN.with(List.of("registry.registration.default_ttl=5s")), NOON);

        assertThat(replay.events(ReplaySide.RECORDED)).isEmpty();
        assertThat(replay.events(ReplaySide.DECIDED))
                .hasAtLeastOneElementOfType(LeaseExpired.class)
                .hasAtLeastOneElementOfType(InstanceRevived.class);
        assertThat(replay.decisions(ReplaySide.DECIDED).getFirst())
                .as("the first heartbeat was due after 10 s; the lease ended at 5 s, and the next tick decided")
                .startsWith("5100 LeaseExpired");
    }

    @Test
    void thresholds_replaceOnlyDefaults() {
        var stated = new Recorder(declaration("orders", 1, 0, check(2, 1)), 1);
        stated.ask(10, List.of(failed("i-0", 10)));
        stated.ask(20, List.of(failed("i-0", 20)));
        var byDefault = new Recorder(declaration("orders", 1, 0, check(3, 2)), 1);
        byDefault.ask(10, List.of(failed("i-0", 10)));
        byDefault.ask(20, List.of(failed("i-0", 20)));
        var changed = OWN.with(List.of("registry.health_checks.failure_threshold=1"));

        assertThat(Replay.of(stated.harness.events, changed, NOON).decisions(ReplaySide.DECIDED))
                .containsExactly("20000 HealthChanged i-0");
        assertThat(Replay.of(byDefault.harness.events, changed, NOON).decisions(ReplaySide.RECORDED))
                .isEmpty();
        assertThat(Replay.of(byDefault.harness.events, changed, NOON).decisions(ReplaySide.DECIDED))
                .containsExactly("10000 HealthChanged i-0");
    }

    @Test
    void disabledBreakers_openNoCircuit() {
        var replay = Replay.of(recording(), OWN.with(List.of("registry.circuit_breaker.enabled=false")), NOON);

        assertThat(replay.events(ReplaySide.DECIDED)).doesNotHaveAnyElementsOfTypes(CircuitChanged.class);
    }

    private static List<RegistryEvent> recording() {
        var recorder = new Recorder(declaration("orders", 1, 30, check(3, 2)), INSTANCES);
        var random = new Random(7);
        for (int second = 1; second <= SECONDS; second++) {
            var commands = new ArrayList<ShardCommand>();
            for (int i = 0; i < INSTANCES; i++) {
                // Half of the instances are silent for a while; each later instance a little longer than the former.
                boolean silent = i % 2 == 0 && second > 100 && second < 180 + 10 * i;
                if (!silent && second % 10 == i % 10) {
                    commands.add(heartbeat("i-" + i, second));
                }
                if (!silent && second % 7 == i % 7) {
                    boolean bad = i % 3 == 0 && second > 200 && random.nextInt(3) > 0;
                    commands.add(bad ? failed("i-" + i, second) : passed("i-" + i, second));
                }
                if (i % 5 == 1 && second % 9 == 0) {
                    int failures = second > 300 && second < 400 ? 4 : 0;
                    commands.add(new ReportCalls(
                            "i-" + i, new CallReport(5 - failures, failures), at(second), by("caller-" + second % 3)));
                }
            }
            commands.add(new ExpireLeases(
                    IntStream.range(0, INSTANCES).mapToObj(i -> "i-" + i).toList(), at(second)));
            recorder.ask(second, commands);
        }
        return recorder.harness.events;
    }

    private static List<ShardCommand> heartbeats(int instances, int second) {
        return IntStream.range(0, instances)
                .<ShardCommand>mapToObj(i -> heartbeat("i-" + i, second))
                .toList();
    }

    private static RenewLease heartbeat(String id, int second) {
        return new RenewLease(id, ObservationKind.RENEWED, at(second), by("ann"));
    }

    private static RecordCheck passed(String id, int second) {
        return new RecordCheck(id, ObservationKind.CHECK_PASSED, 0, 3, at(second), BY_CHECK);
    }

    private static RecordCheck failed(String id, int second) {
        int reason = new CheckFailureReason(CheckFailureCode.RESET, 0).packed();
        return new RecordCheck(id, ObservationKind.CHECK_FAILED, reason, 3, at(second), BY_CHECK);
    }

    private static long at(int second) {
        return NOON.plusSeconds(second).toEpochMilli();
    }

    /** Shard whose events are recorded under the own settings. */
    private static final class Recorder {

        private final ShardHarness harness = new ShardHarness(CheckpointPolicy.DEFAULT, ReplaySettings.policies(OWN));

        Recorder(Declaration declaration, int instances) {
            harness.ask(
                    NOON,
                    IntStream.range(0, instances)
                            .<ShardCommand>mapToObj(
                                    i -> new RegisterInstance("i-" + i, declaration, HealthState.HEALTHY, by("ann")))
                            .toList());
        }

        void ask(int second, List<ShardCommand> commands) {
            harness.ask(NOON.plusSeconds(second), commands);
        }
    }

    /** Replay with the decisions of both sides. */
    private record Replay(Map<ReplaySide, List<String>> decided, Map<ReplaySide, List<RegistryEvent>> all)
            implements ReplayListener {

        static Replay of(List<RegistryEvent> events, DecisionSettings changed, Instant from) {
            var replay = new Replay(new EnumMap<>(ReplaySide.class), new EnumMap<>(ReplaySide.class));
            for (var side : ReplaySide.values()) {
                replay.decided.put(side, new ArrayList<>());
                replay.all.put(side, new ArrayList<>());
            }
            var shard = new ReplayedShard(SHARD, OWN, changed, NOON, from, replay);
            events.forEach(shard::replay);
            shard.end(END);
            return replay;
        }

        List<String> decisions(ReplaySide side) {
            return decided.getOrDefault(side, List.of());
        }

        List<RegistryEvent> events(ReplaySide side) {
            return all.getOrDefault(side, List.of());
        }

        @Override
        public void changed(ReplaySide side, Instant at, String service, String id) {}

        @Override
        public void decided(ReplaySide side, Instant at, RegistryEvent decision) {
            all.getOrDefault(side, List.of()).add(decision);
            decided.getOrDefault(side, List.of())
                    .add(Duration.between(NOON, at).toMillis() + " "
                            + decision.getClass().getSimpleName()
                            + (decision instanceof Fact fact ? " " + fact.id() : ""));
        }

        @Override
        public void connections(Instant at, String service, String id, int connections) {}
    }
}
