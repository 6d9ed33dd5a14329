package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;
import static dev.aicore.discovery.api.error.ErrorCode.NO_ACTIVE_CHECK;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.MonitoredInstances.MonitoredTarget;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.shard.CommandResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitoringDeciderTest {

    private static final Declaration CHECKED = declaration("orders", 100, TTL, check(3, 2));

    @Test
    void monitoring_isStoppedAndStartedByOwner() {
        given(registered("a", 0, CHECKED))
                .when(after(1), stop("a"))
                .events(new MonitoringSwitched("a", "orders", false, after(1), by("ann")))
                .answers(new CommandResult(new Outcome.Monitored("a", false, after(1)), 0));
        given(registered("a", 0, CHECKED))
                .after(after(1), stop("a"))
                .when(after(2), new SwitchMonitoring("a", true, by("ann")))
                .events(new MonitoringSwitched("a", "orders", true, after(2), by("ann")))
                .answers(new CommandResult(new Outcome.Monitored("a", true, after(2)), 0));
    }

    @Test
    void monitoringSwitch_toCurrentState_recordsNothing() {
        given(registered("a", 0, CHECKED))
                .when(after(1), new SwitchMonitoring("a", true, by("ann")))
                .nothing()
                .answers(new CommandResult(new Outcome.Monitored("a", true, after(1)), -1));
    }

    @Test
    void monitoringSwitch_byNonOwner_isRefusedExceptForOperator() {
        given(registered("a", 0, CHECKED))
                .when(after(1), new SwitchMonitoring("a", false, by("bob")))
                .nothing()
                .refusals(OWNED_BY_ANOTHER);
        given(registered("a", 0, CHECKED))
                .when(after(1), new SwitchMonitoring("a", false, by("bob", "operator")))
                .answers(new CommandResult(new Outcome.Monitored("a", false, after(1)), 0));
    }

    @Test
    void monitoringSwitch_withoutActiveCheckOrInstance_isRefused() {
        var told = declaration("orders", 100, TTL, new HealthCheck("ttl", 10, 5, 1, 1, Map.of()));
        given(registered("a", 0), registered("b", 1, told))
                .when(after(1), stop("a"), stop("b"), stop("c"))
                .nothing()
                .refusals(NO_ACTIVE_CHECK, NO_ACTIVE_CHECK, UNKNOWN_INSTANCE);
        given(registered("a", 0, CHECKED), new InstanceDeregistered("a", "orders", after(1), by("ann")))
                .when(after(2), stop("a"))
                .nothing()
                .refusals(INSTANCE_DEREGISTERED);
    }

    @Test
    void reregistration_keepsMonitoringStopped() {
        given(registered("a", 0, CHECKED))
                .after(after(1), stop("a"))
                .after(after(2), register("a", declaration("orders", 50, TTL, check(3, 2)), by("ann")))
                .when(after(3), new FindMonitoredInstances(null))
                .nothing()
                .answers(new CommandResult(new Outcome.MonitoredInstances(List.of()), -1));
    }

    @Test
    void findMonitoredInstances_returnsOnlyMonitoredInstances() {
        var here = new Outcome.MonitoredInstances(List.of(new MonitoredTarget("a", CHECKED)));
        given(registered("a", 0, CHECKED), registered("b", 1), registered("c", 2, CHECKED))
                .after(after(1), stop("c"))
                .when(
                        after(2),
                        new FindMonitoredInstances(null),
                        new FindMonitoredInstances(List.of("c", "a", "nobody")),
                        new FindMonitoredInstances(List.of("b")))
                .nothing()
                .answers(
                        new CommandResult(here, -1),
                        new CommandResult(here, -1),
                        new CommandResult(new Outcome.MonitoredInstances(List.of()), -1));
    }

    @Test
    void findMonitoredInstances_includesExpiredButNotRemovedInstances() {
        given(registered("a", 0, CHECKED), expired("a"))
                .when(after(40), new FindMonitoredInstances(null))
                .answers(new CommandResult(
                        new Outcome.MonitoredInstances(List.of(new MonitoredTarget("a", CHECKED))), -1));
        given(registered("a", 0, CHECKED), expired("a"), removed("a"))
                .when(after(100), new FindMonitoredInstances(null))
                .answers(new CommandResult(new Outcome.MonitoredInstances(List.of()), -1));
    }

    private static SwitchMonitoring stop(String id) {
        return new SwitchMonitoring(id, false, by("ann"));
    }
}
