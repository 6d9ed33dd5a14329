package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decides heartbeats and check results: they renew leases, change health, and revive instances that had fallen silent.
 */
final class RenewalDecider {

    private static final String HEARTBEAT = "It sent a heartbeat.";
    private static final String CHECK = "A check passed.";

    private final DecisionContext context;
    private final ShardState state;
    private final LeaseCalculator leases;
    private final HealthDecider healthDecider;
    private final CircuitBreakerDecider circuitBreakerDecider;

    RenewalDecider(
            DecisionContext context,
            LeaseCalculator leases,
            HealthDecider healthDecider,
            CircuitBreakerDecider circuitBreakerDecider) {
        this.context = context;
        this.state = context.state();
        this.leases = leases;
        this.healthDecider = healthDecider;
        this.circuitBreakerDecider = circuitBreakerDecider;
    }

    Decision decide(RenewLease command) {
        var present = state.find(command.id());
        var instance = present == null ? state.revivable(command.id(), context.now()) : present;
        if (instance == null) {
            return Decision.of(ShardRefusals.absent(state, command.id(), context.now()));
        }
        var metadata = command.envelope();
        if (!metadata.mayModify(instance.owner)) {
            return Decision.of(ShardRefusals.ownedByAnother(instance));
        }
        boolean revived = present == null || present.isSilent();
        var adoption = OwnershipClaim.ifDue(context, instance, metadata, false);
        if (!revived && adoption.isEmpty()) {
            return observe(command, instance, false);
        }
        var events = new ArrayList<RegistryEvent>();
        if (revived) {
            events.add(revived(instance, HEARTBEAT, metadata));
        }
        events.addAll(adoption);
        return new Decision.Step(List.of(), events, () -> observe(command, instance, revived));
    }

    Decision decide(RenewLeases command) {
        var scopeCheck = new ScopeCheck(state, context.now());
        var parts = new ArrayList<Supplier<Decision>>(command.ids().size());
        for (var id : command.ids()) {
            parts.add(() -> {
                var refusal = scopeCheck.absence(id, command.envelope());
                return refusal == null
                        ? decide(new RenewLease(id, ObservationKind.RENEWED, command.observedAt(), command.envelope()))
                        : Decision.of(refusal);
            });
        }
        return new Decision.Sequence(parts, outcomes -> Decision.of(new Outcome.Batch(outcomes)));
    }

    Decision decide(RecordCheck command) {
        var instance = state.find(command.id());
        if (instance == null) {
            return Decision.of(ShardRefusals.absent(state, command.id(), context.now()));
        }
        // The result belongs to a check that was removed. It is refused, because no later result would revert its
        // effect. Results of several checks arrive as updates.
        if (!instance.isCheckedActively() || instance.hasCompositeCheck()) {
            return Decision.of(ShardRefusals.noActiveCheck(instance));
        }
        boolean revived = instance.isSilent() && command.kind().renews();
        return revived
                ? new Decision.Step(
                        List.of(),
                        List.of(revived(instance, CHECK, command.envelope())),
                        () -> observe(command, instance, true))
                : observe(command, instance, false);
    }

    /** Returns the event that revives an instance. It keeps its slot if it is still present. */
    InstanceRevived revived(Instance instance, String cause, EventMetadata metadata) {
        boolean present = state.find(instance.id) != null;
        return new InstanceRevived(
                instance.id,
                present ? instance.slot : state.slots.nextVacant(),
                state.generation,
                instance.version,
                StoredDeclaration.read(instance.declaration),
                context.instant(),
                cause,
                metadata);
    }

    /** Records a heartbeat. A revival is already recorded, so that a heartbeat without health adds nothing to it. */
    private Decision observe(RenewLease command, Instance instance, boolean revived) {
        var heartbeat = new Observation(instance, command.kind(), command.observedAt());
        var observations = new ArrayList<Observation>(2 + command.lists().size());
        if (command.reportsConnections()) {
            observations.add(new Observation(
                    instance, ObservationKind.CONNECTIONS_REPORTED, command.observedAt(), command.connections(), 0));
        }
        for (var list : command.lists()) {
            observations.add(new Observation(
                    instance,
                    ObservationKind.LIST_REPORTED,
                    command.observedAt() - list.ageMillis(),
                    list.serviceNumber(),
                    list.packedPosition()));
        }
        if (!revived || command.kind().isResult()) {
            observations.add(heartbeat);
        }
        return Decision.of(
                observations,
                transitions(heartbeat, command.envelope()),
                () -> new Outcome.Renewed(leases.leaseIfRenewed(instance), revived));
    }

    private Decision observe(RecordCheck command, Instance instance, boolean revived) {
        boolean hasReason = command.kind().arguments() > 1;
        var result = new Observation(
                instance,
                command.kind(),
                command.observedAt(),
                hasReason ? command.reason() : command.latencyClass(),
                hasReason ? command.latencyClass() : 0);
        return Decision.of(
                List.of(result),
                transitions(result, command.envelope()),
                () -> new Outcome.Renewed(
                        command.kind().renews() ? leases.leaseIfRenewed(instance) : leases.upcomingLease(instance),
                        revived));
    }

    /** Returns the changes of health and circuit breaker that an observation causes. */
    private List<? extends RegistryEvent> transitions(Observation observation, EventMetadata metadata) {
        if (!observation.kind().isResult() && !observation.kind().isCall()) {
            return List.of();
        }
        var events = new ArrayList<RegistryEvent>(healthDecider.transition(observation, metadata));
        events.addAll(circuitBreakerDecider.transition(observation, metadata));
        return events;
    }
}
