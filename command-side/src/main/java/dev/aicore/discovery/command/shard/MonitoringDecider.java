package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.NO_ACTIVE_CHECK;

import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.MonitoringSwitched;
import dev.aicore.discovery.api.shard.FindMonitoredInstances;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.MonitoredInstances.MonitoredTarget;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;

/** Decides which instances the registry checks. */
final class MonitoringDecider {

    private final BatchDecider batchDecider;
    private final ShardState state;

    MonitoringDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
        this.state = batchDecider.state;
    }

    Outcome decide(SwitchMonitoring command) {
        var instance = state.find(command.id());
        if (instance == null) {
            return RenewalDecider.absent(state, command.id(), batchDecider.now);
        }
        if (!command.envelope().maySwitchMonitoring(instance.owner)) {
            return RegistrationDecider.ownedByAnother(instance);
        }
        if (!instance.isCheckedActively()) {
            return noActiveCheck(instance);
        }
        if (instance.monitored != command.on()) {
            batchDecider.emit(
                    instance,
                    new MonitoringSwitched(
                            instance.id, instance.service, command.on(), batchDecider.instant(), command.envelope()));
        }
        return new Outcome.Monitored(instance.id, command.on(), batchDecider.instant());
    }

    Outcome find(FindMonitoredInstances command) {
        var ids = command.ids();
        return new Outcome.MonitoredInstances(targets(ids == null ? state.instances.values().stream() : findAll(ids))
                .toList());
    }

    static Outcome noActiveCheck(Instance instance) {
        return new Outcome.Refused(
                NO_ACTIVE_CHECK,
                "The instance '" + instance.id + "' has no check of type http, tcp, grpc or script.",
                new FieldError(
                        "service_id",
                        "has no active check",
                        instance.id,
                        "an instance with a check that the registry makes"));
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
