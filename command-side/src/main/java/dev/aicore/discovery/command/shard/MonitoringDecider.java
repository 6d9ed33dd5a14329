package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.MonitoredInstances.MonitoredTarget;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Decides which instances the registry checks. */
final class MonitoringDecider {

    private final DecisionContext context;
    private final ShardState state;

    MonitoringDecider(DecisionContext context) {
        this.context = context;
        this.state = context.state();
    }

    Decision decide(SwitchMonitoring command) {
        var instance = state.find(command.id());
        if (instance == null) {
            return Decision.of(ShardRefusals.absent(state, command.id(), context.now()));
        }
        if (!command.envelope().maySwitchMonitoring(instance.owner)) {
            return Decision.of(ShardRefusals.ownedByAnother(instance));
        }
        if (!instance.isCheckedActively()) {
            return Decision.of(ShardRefusals.noActiveCheck(instance));
        }
        var outcome = new Outcome.Monitored(instance.id, command.on(), context.instant());
        return instance.monitored == command.on()
                ? Decision.of(outcome)
                : Decision.of(
                        List.of(new MonitoringSwitched(
                                instance.id, instance.service, command.on(), context.instant(), command.envelope())),
                        () -> outcome);
    }

    Decision find(FindMonitoredInstances command) {
        var ids = command.ids();
        var instances = ids == null ? state.instances.values().stream() : findAll(ids);
        return Decision.of(new Outcome.MonitoredInstances(targets(instances).toList()));
    }

    private Stream<Instance> findAll(Collection<String> ids) {
        return ids.stream().map(state::find).filter(Objects::nonNull);
    }

    private static Stream<MonitoredTarget> targets(Stream<Instance> instances) {
        return instances
                .filter(instance -> instance.monitored && instance.isCheckedActively())
                .map(instance -> new MonitoredTarget(instance.id, StoredDeclaration.read(instance.declaration)));
    }
}
