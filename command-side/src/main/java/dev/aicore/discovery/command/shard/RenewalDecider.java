package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthChanged;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.command.health.Streaks;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides heartbeats and check results: they renew leases, change health, and revive instances that had fallen silent.
 */
final class RenewalDecider {

    private static final String HEARTBEAT = "It sent a heartbeat.";
    private static final String CHECK = "A check of it passed.";
    static final String CHECK_REMOVED_REASON = "Its check was taken away.";

    private final BatchDecider batchDecider;
    private final ShardState state;

    RenewalDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
        this.state = batchDecider.state;
    }

    Outcome decide(RenewLease command) {
        return onHeartbeat(
                command.id(), command.kind(), command.connections(), command.observedAt(), command.envelope());
    }

    Outcome decide(RenewLeases command) {
        var outcomes = new ArrayList<Outcome>(command.ids().size());
        for (var id : command.ids()) {
            var refusal = new ScopeCheck(state, batchDecider.now).absence(id, command.envelope());
            outcomes.add(
                    refusal == null
                            ? onHeartbeat(
                                    id,
                                    ObservationKind.RENEWED,
                                    RenewLease.NOT_REPORTED,
                                    command.observedAt(),
                                    command.envelope())
                            : refusal);
        }
        return new Outcome.Batch(outcomes);
    }

    private Outcome onHeartbeat(
            String id, ObservationKind kind, int connections, long observedAt, EventMetadata metadata) {
        var present = state.find(id);
        var instance = present == null ? state.revivable(id, batchDecider.now) : present;
        if (instance == null) {
            return absent(state, id, batchDecider.now);
        }
        if (!metadata.mayModify(instance.owner)) {
            return RegistrationDecider.ownedByAnother(instance);
        }
        boolean revived = present == null || present.isSilent();
        if (revived) {
            revive(instance, HEARTBEAT, metadata);
        }
        OwnershipClaim.ifDue(batchDecider, instance, metadata, false);
        if (connections != RenewLease.NOT_REPORTED) {
            batchDecider.observed(instance, ObservationKind.CONNECTIONS_REPORTED, observedAt, connections, 0);
        }
        if (!revived || kind.isResult()) {
            observe(instance, kind, observedAt, 0, 0, metadata);
        }
        return renewed(instance, revived);
    }

    Outcome decide(RecordCheck command) {
        var instance = state.find(command.id());
        if (instance == null) {
            return absent(state, command.id(), batchDecider.now);
        }
        // The result belongs to a check that was removed. It is refused, because no later result would revert its
        // effect.
        if (!instance.isCheckedActively()) {
            return MonitoringDecider.noActiveCheck(instance);
        }
        boolean revived = instance.isSilent() && command.kind().renews();
        if (revived) {
            revive(instance, CHECK, command.envelope());
        }
        boolean numberOfReason = command.kind().arguments() > 1;
        observe(
                instance,
                command.kind(),
                command.observedAt(),
                numberOfReason ? command.reason() : command.latencyClass(),
                numberOfReason ? command.latencyClass() : 0,
                command.envelope());
        return command.kind().renews()
                ? renewed(instance, revived)
                : new Outcome.Renewed(new ExpiryDecider(batchDecider).upcomingLease(instance), false);
    }

    void revive(Instance instance, String cause, EventMetadata metadata) {
        boolean stillSits = state.find(instance.id) != null;
        batchDecider.emit(
                instance,
                new InstanceRevived(
                        instance.id,
                        stillSits ? instance.slot : state.slots.nextVacant(),
                        state.generation,
                        instance.version,
                        StoredDeclaration.read(instance.declaration),
                        batchDecider.instant(),
                        cause,
                        metadata));
    }

    private void observe(
            Instance instance, ObservationKind kind, long observedAt, int first, int second, EventMetadata metadata) {
        if (kind.isResult()) {
            batchDecider.applyCounted(instance);
        }
        // Both include this observation, which is applied only when the pending observations are flushed.
        var recentCheckResults = kind.isResult()
                ? instance.recentCheckResults.and(kind, observedAt, first, second)
                : instance.recentCheckResults;
        var callWindow = kind.isCall() ? ShardState.and(instance.callWindow, kind, first, second) : instance.callWindow;
        batchDecider.observed(instance, kind, observedAt, first, second);
        if (kind.isResult()) {
            updateHealth(instance, instance.streaks.and(kind), kind, recentCheckResults.toCheckResults(), metadata);
        }
        if (kind.isCall()) {
            new CircuitBreakerDecider(batchDecider).evaluate(instance, callWindow, metadata);
        }
    }

    private void updateHealth(
            Instance instance,
            Streaks streaks,
            ObservationKind last,
            List<CheckResult> results,
            EventMetadata metadata) {
        var healthState = instance.healthPolicy().decide(instance.healthState, streaks, last);
        if (healthState == instance.healthState) {
            return;
        }
        int passesNeeded = healthState == HealthState.UNHEALTHY
                ? instance.passesNeeded(batchDecider.shardPolicies.damping(), batchDecider.now)
                : 0;
        int consecutive = healthState == HealthState.UNHEALTHY ? streaks.failures() : streaks.passes(last);
        changed(instance, healthState, consecutive, results.getLast().describe(), passesNeeded, results, metadata);
    }

    /**
     * Closes the circuit breaker of an instance whose check was removed or is no longer active, and resets its health
     * if only the check had made it unhealthy; nothing else would ever reset them.
     */
    void resetHealthIfUnchecked(Instance instance, Declaration before, Declaration now, EventMetadata metadata) {
        var check = before.healthCheck();
        var next = now.healthCheck();
        boolean removed = check != null && (next == null || (check.checksActively() && !next.checksActively()));
        if (!removed) {
            return;
        }
        new CircuitBreakerDecider(batchDecider).closeUnchecked(instance, metadata);
        if (instance.healthState != HealthState.HEALTHY && instance.streaks.failures() == 0) {
            changed(
                    instance,
                    HealthState.HEALTHY,
                    0,
                    CHECK_REMOVED_REASON,
                    0,
                    instance.recentCheckResults.toCheckResults(),
                    metadata);
        }
    }

    private void changed(
            Instance instance,
            HealthState to,
            int consecutive,
            String evidence,
            int passesNeeded,
            List<CheckResult> results,
            EventMetadata metadata) {
        batchDecider.emit(
                instance,
                new HealthChanged(
                        instance.id,
                        instance.service,
                        instance.healthState,
                        to,
                        consecutive,
                        evidence,
                        passesNeeded,
                        results,
                        batchDecider.instant(),
                        metadata));
    }

    private Outcome renewed(Instance instance, boolean revived) {
        return new Outcome.Renewed(new ExpiryDecider(batchDecider).leaseIfRenewed(instance), revived);
    }

    /** Returns the refusal for an instance that is not present. */
    static Outcome absent(ShardState state, String id, long now) {
        if (state.wasDeregistered(id, now)) {
            return new Outcome.Refused(
                    INSTANCE_DEREGISTERED,
                    "The instance '" + id + "' was deregistered; register it again.",
                    new FieldError("service_id", "was deregistered", id, "the id of a present instance"));
        }
        return Outcome.Refused.unknown(id);
    }
}
