package dev.aicore.discovery.command.health;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.restore.RestoreAction;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.Step;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.shard.InMemoryShard;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that the scheduler follows a shard that decides as in production. */
class TargetTrackerTest {

    private static final EventMetadata BY = EventMetadata.ofRegistry("test");
    private static final HealthCheck HTTP = check("http");

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final CheckScheduler checkScheduler = new CheckScheduler(100, new SplittableRandom(1), time.nanos());
    private final List<FindMonitoredInstances> asked = new ArrayList<>();
    private final MonitoringLookupQueue monitoringLookupQueue = new MonitoringLookupQueue(1, this::find);
    private final ComponentResults componentResults = new ComponentResults();
    private final TargetTracker targetTracker =
            new TargetTracker(checkScheduler, componentResults, monitoringLookupQueue, time, () -> {});
    private final InMemoryShard shard = new InMemoryShard();
    private boolean away;

    @Test
    void registeredInstance_isWatchedAtOnce() {
        register("a", HTTP);
        assertThat(isWatched("a")).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void instance_withoutActiveCheck_isNotWatched() {
        register("a", check("ttl"));
        register("b", null);
        assertThat(isWatched("a")).isFalse();
        assertThat(isWatched("b")).isFalse();
    }

    @Test
    void changedCheck_isFollowed() {
        register("a", HTTP);

        update("a", "{\"port\": 9999}");
        assertThat(port("a")).isEqualTo(9_999);
        register("a", check("ttl"));
        assertThat(isWatched("a")).isFalse();
        register("a", HTTP);
        ask();
        assertThat(isWatched("a")).isTrue();
    }

    @Test
    void deregisteredInstance_isForgotten() {
        register("a", HTTP);
        decide(new DeregisterInstance("a", BY));
        assertThat(isWatched("a")).isFalse();
    }

    @Test
    void restore_watchesRestoredAndForgetsDeregisteredInstances() {
        register("a", HTTP);
        decide(new RestoreServiceInstances(
                new RestorePoint("orders", 9, Instant.EPOCH, "0f5d", 0),
                List.of(
                        new Step("a", RestoreAction.ADDED, List.of(new DeregisterInstance("a", BY))),
                        new Step("b", RestoreAction.MISSING, List.of(registration("b", HTTP)))),
                BY));
        assertThat(isWatched("a")).isFalse();
        assertThat(isWatched("b")).isTrue();
    }

    @Test
    void stoppedMonitoring_afterReregistration_staysStopped() {
        register("a", HTTP);
        decide(new SwitchMonitoring("a", false, BY));
        assertThat(isWatched("a")).isFalse();

        register("a", HTTP);
        update("a", "{\"port\": 9999}");
        ask();
        assertThat(isWatched("a")).isFalse();

        decide(new SwitchMonitoring("a", true, BY));
        ask();
        assertThat(isWatched("a")).isTrue();
        assertThat(port("a")).isEqualTo(9_999);
    }

    @Test
    void onDemandCheck_withStoppedMonitoring_followsUpdate() {
        register("a", HTTP);
        decide(new SwitchMonitoring("a", false, BY));
        var asker = checkScheduler.poll(new Probe("a", "10.0.0.1", 80, "http", HTTP), time.nanos());
        var runningCheck = checkScheduler.begin(time.nanos()).getFirst();
        assertThat(runningCheck.askers()).containsExactly(asker);

        update("a", "{\"port\": 9999}");

        assertThat(checkScheduler.end(runningCheck, true, time.nanos())).isFalse();
        assertThat(port("a")).isEqualTo(9_999);
    }

    @Test
    void removedInstance_isForgottenUntilRevived() {
        register("a", HTTP);
        time.pass(Duration.ofHours(1));
        decide(new ExpireLeases(List.of("a"), millis()));
        assertThat(isWatched("a"))
                .as("an expired instance is watched, because it may be revived")
                .isTrue();
        time.pass(Duration.ofMinutes(10));
        decide(new ExpireLeases(List.of("a"), millis()));
        assertThat(isWatched("a")).isFalse();

        decide(new RenewLease("a", ObservationKind.RENEWED, millis(), BY));
        ask();

        assertThat(isWatched("a")).isTrue();
    }

    @Test
    void severalChecks_areWatchedEach() {
        register("a", composite("db", "web"));
        assertThat(isWatched("a")).isFalse();
        assertThat(isWatched(Probe.key("a", "db"))).isTrue();
        assertThat(isWatched(Probe.key("a", "web"))).isTrue();

        register("a", composite("web"));
        assertThat(isWatched(Probe.key("a", "db"))).isFalse();
        assertThat(isWatched(Probe.key("a", "web"))).isTrue();
        decide(new SwitchMonitoring("a", false, BY));
        assertThat(isWatched(Probe.key("a", "web"))).isFalse();
        decide(new SwitchMonitoring("a", true, BY));
        ask();
        assertThat(isWatched(Probe.key("a", "web"))).isTrue();

        register("a", HTTP);
        assertThat(isWatched(Probe.key("a", "web"))).isFalse();
        assertThat(isWatched("a")).isTrue();
        decide(new DeregisterInstance("a", BY));
        assertThat(isWatched("a")).isFalse();
    }

    @Test
    void severalReportedChecks_areTimedFromTheirLastReport() {
        register("a", reported("disk"));
        assertThat(isWatched(Probe.key("a", "disk"))).as("one has the lease").isFalse();

        register("a", reported("disk", "queue"));
        ask();
        assertThat(isWatched(Probe.key("a", "disk"))).isTrue();
        for (int i = 0; i < 6; i++) {
            assertThat(silent("disk")).isEqualTo(i == 5);
            assertThat(silent("queue")).isFalse();
            time.pass(Duration.ofSeconds(5));
            report("queue");
        }
        register("a", reported("disk", "queue"));
        assertThat(silent("disk")).as("a registration reports all").isFalse();
        decide(new DeregisterInstance("a", BY));
        assertThat(isWatched(Probe.key("a", "queue"))).isFalse();
    }

    private boolean silent(String component) {
        var probe = new Probe("a", "10.0.0.1", 80, "http", HTTP, component);
        return componentResults.measureSilence(probe, time.nanos()) != null;
    }

    private void report(String component) {
        var patch =
                "{\"health_check\":{\"config\":{\"checks\":{\"%s\":{\"status\":\"passing\"}}}}}".formatted(component);
        decide(new UpdateInstance("a", null, patch, null, InstancePrecondition.NONE, BY));
    }

    private static HealthCheck reported(String... ids) {
        var ttl = new HealthCheck(HealthCheck.TTL, 20, 5, 3, 1, Map.of());
        var components = new TreeMap<String, ComponentCheck>();
        for (var id : ids) {
            components.put(id, new ComponentCheck(ttl, "", "", ComponentHealth.PASSING, ""));
        }
        return check(HealthCheck.COMPOSITE).withComponents(new CompositeCheck(components));
    }

    private static HealthCheck composite(String... ids) {
        var components = new TreeMap<String, ComponentCheck>();
        for (var id : ids) {
            components.put(id, new ComponentCheck(HTTP, "", "", ComponentHealth.STARTING, ""));
        }
        return check(HealthCheck.COMPOSITE).withComponents(new CompositeCheck(components));
    }

    @Test
    void lookup_atStart_coversAllInstances() {
        away = true;
        monitoringLookupQueue.addEverything();
        monitoringLookupQueue.sendQueries(time.nanos());
        assertThat(asked).hasSize(1);
        away = false;

        monitoringLookupQueue.sendQueries(time.nanos());
        assertThat(asked).as("the query is not repeated immediately").hasSize(1);
        time.pass(Duration.ofSeconds(1));
        monitoringLookupQueue.sendQueries(time.nanos());

        assertThat(asked).hasSize(2).allMatch(all -> all.ids() == null);
        assertThat(monitoringLookupQueue.isOpen()).isFalse();
    }

    @Test
    void lostCommands_causeLookup() {
        register("a", HTTP);
        settle(new DeregisterInstance("a", BY));
        settle(registration("b", HTTP));
        targetTracker.lost(0, List.of(new DeregisterInstance("a", BY), registration("b", HTTP)));
        assertThat(isWatched("a")).isTrue();

        ask();

        assertThat(isWatched("a")).isFalse();
        assertThat(isWatched("b")).isTrue();
        assertThat(asked).singleElement().satisfies(all -> assertThat(all.ids()).containsExactlyInAnyOrder("a", "b"));
    }

    private void register(String id, @Nullable HealthCheck check) {
        decide(registration(id, check));
    }

    private void update(String id, String patch) {
        decide(new UpdateInstance(id, null, patch, null, InstancePrecondition.NONE, BY));
    }

    private CompletableFuture<CommandReply> find(int number, FindMonitoredInstances question) {
        asked.add(question);
        return away
                ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                : CompletableFuture.completedFuture(decide(question));
    }

    private void ask() {
        monitoringLookupQueue.sendQueries(time.nanos());
    }

    private CommandReply decide(ShardCommand command) {
        var outcome = settle(command);
        assertThat(outcome).isNotInstanceOf(Outcome.Refused.class);
        targetTracker.decided(0, command, outcome);
        return new CommandReply(outcome, 1, time.now());
    }

    private Outcome settle(ShardCommand command) {
        return shard.decide(new DecideBatch(ShardPartitioner.name(0), time.now(), List.of(command)))
                .getFirst()
                .outcome();
    }

    private boolean isWatched(String id) {
        return checkScheduler.isWatched(0, id);
    }

    private int port(String id) {
        time.pass(Duration.ofMinutes(1));
        var begun = checkScheduler.begin(time.nanos());
        begun.forEach(runningCheck -> checkScheduler.end(runningCheck, true, time.nanos()));
        return begun.stream()
                .filter(run -> run.watched().id.equals(id))
                .findFirst()
                .orElseThrow()
                .probe()
                .port();
    }

    private long millis() {
        return time.now().toEpochMilli();
    }

    private static RegisterInstance registration(String id, @Nullable HealthCheck check) {
        return new RegisterInstance(id, aDeclaration("web").healthCheck(check).build(), HealthState.HEALTHY, false, BY);
    }

    private static HealthCheck check(String type) {
        return new HealthCheck(type, 10, 1, 3, 2, Map.of());
    }
}
