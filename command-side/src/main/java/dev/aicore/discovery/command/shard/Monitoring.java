package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.NO_ACTIVE_CHECK;

import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.MonitoringSwitched;
import dev.aicore.discovery.api.shard.FindChecked;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Checked.Target;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;

/** Which instances the registry is to check. */
final class Monitoring {

    private final Decision decision;
    private final ShardState state;

    Monitoring(Decision decision) {
        this.decision = decision;
        this.state = decision.state;
    }

    Outcome settle(SwitchMonitoring asked) {
        var instance = state.find(asked.id());
        if (instance == null) {
            return Renewal.absent(state, asked.id(), decision.now);
        }
        if (!asked.envelope().mayHaveChecked(instance.owner)) {
            return Registration.ownedByAnother(instance);
        }
        if (!instance.isCheckedActively()) {
            return unchecked(instance);
        }
        if (instance.monitored != asked.on()) {
            decision.happened(
                    instance,
                    new MonitoringSwitched(
                            instance.id, instance.service, asked.on(), decision.instant(), asked.envelope()));
        }
        return new Outcome.Monitored(instance.id, asked.on(), decision.instant());
    }

    Outcome find(FindChecked asked) {
        var ids = asked.ids();
        return new Outcome.Checked(targets(ids == null ? state.present.values().stream() : known(ids))
                .toList());
    }

    static Outcome unchecked(Instance instance) {
        return new Outcome.Refused(
                NO_ACTIVE_CHECK,
                "The instance '" + instance.id + "' has no check of type http, tcp, grpc or script.",
                new FieldError(
                        "service_id",
                        "has no active check",
                        instance.id,
                        "an instance with a check that the registry makes"));
    }

    private Stream<Instance> known(Collection<String> ids) {
        return ids.stream().map(state::find).filter(Objects::nonNull);
    }

    private static Stream<Target> targets(Stream<Instance> instances) {
        return instances
                .filter(instance -> instance.monitored && instance.isCheckedActively())
                .map(instance -> new Target(instance.id, StoredDeclaration.read(instance.declaration)));
    }
}
