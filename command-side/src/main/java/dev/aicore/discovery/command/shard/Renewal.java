package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.HealthChanged;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.command.health.HealthPolicy;
import java.util.ArrayList;

/** What is heard of instances: it renews leases, turns health, and brings back those that had fallen silent. */
final class Renewal {

    private static final String HEARTBEAT = "It sent a heartbeat.";
    private static final String CHECK = "A check of it passed.";

    private final Decision decision;
    private final ShardState state;

    Renewal(Decision decision) {
        this.decision = decision;
        this.state = decision.state;
    }

    Outcome settle(RenewLease asked) {
        return heard(asked.id(), asked.kind(), asked.connections(), asked.observedAt(), asked.envelope());
    }

    Outcome settle(RenewLeases asked) {
        var outcomes = new ArrayList<Outcome>(asked.ids().size());
        for (var id : asked.ids()) {
            outcomes.add(heard(id, ObservationKind.RENEWED, RenewLease.UNTOLD, asked.observedAt(), asked.envelope()));
        }
        return new Outcome.Each(outcomes);
    }

    private Outcome heard(String id, ObservationKind kind, int connections, long observedAt, Envelope envelope) {
        var present = state.find(id);
        var instance = present == null ? state.revivable(id, decision.now) : present;
        if (instance == null) {
            return absent(state, id, decision.now);
        }
        if (!envelope.mayChangeWhatBelongsTo(instance.owner)) {
            return Registration.ownedByAnother(instance);
        }
        boolean revived = present == null || present.isExpired();
        if (revived) {
            revive(instance, HEARTBEAT, envelope);
        }
        if (connections != RenewLease.UNTOLD) {
            decision.observed(instance, ObservationKind.CONNECTIONS_REPORTED, observedAt, connections, 0);
        }
        if (!revived || kind.isResult()) {
            observe(instance, kind, observedAt, 0, 0, envelope);
        }
        return renewed(instance, revived);
    }

    Outcome settle(RecordCheck asked) {
        var instance = state.find(asked.id());
        if (instance == null) {
            return absent(state, asked.id(), decision.now);
        }
        boolean revived = instance.isExpired() && asked.kind().renews();
        if (revived) {
            revive(instance, CHECK, asked.envelope());
        }
        boolean numberOfReason = asked.kind().arguments() > 1;
        observe(
                instance,
                asked.kind(),
                asked.observedAt(),
                numberOfReason ? asked.reason() : asked.latencyClass(),
                numberOfReason ? asked.latencyClass() : 0,
                asked.envelope());
        if (asked.kind().renews() || decision.isAboutToBeRenewed(instance)) {
            return renewed(instance, revived);
        }
        return new Outcome.Renewed(new Expiry(decision).lease(asked.id()), false);
    }

    void revive(Instance instance, String cause, Envelope envelope) {
        boolean stillSits = state.find(instance.id) != null;
        decision.happened(
                instance,
                new InstanceRevived(
                        instance.id,
                        stillSits ? instance.slot : state.slots.vacant(),
                        state.generation,
                        instance.version,
                        StoredDeclaration.read(instance.declaration),
                        decision.instant(),
                        cause,
                        envelope));
    }

    private void observe(
            Instance instance, ObservationKind kind, long observedAt, int first, int second, Envelope envelope) {
        if (kind.isResult()) {
            decision.settleResultsOf(instance);
        }
        decision.observed(instance, kind, observedAt, first, second);
        if (!kind.isResult()) {
            return;
        }
        int streak = HealthPolicy.next(instance.streak, kind.passed());
        var health = instance.healthPolicy.decide(instance.health, streak);
        if (health != instance.health) {
            decision.happened(
                    instance,
                    new HealthChanged(
                            instance.id,
                            instance.service,
                            instance.health,
                            health,
                            Math.abs(streak),
                            evidence(kind),
                            decision.instant(),
                            envelope));
        }
    }

    private static String evidence(ObservationKind kind) {
        return switch (kind) {
            case REPORTED_HEALTHY -> "It said so in its heartbeat.";
            case REPORTED_UNHEALTHY -> "It said in its heartbeat that it is unhealthy.";
            case CHECK_PASSED, CHECK_PASSED_RENEWING -> "Its check passed.";
            case CHECK_FAILED -> "Its check failed.";
            case RENEWED, OUTCOMES_REPORTED, CONNECTIONS_REPORTED ->
                throw new IllegalArgumentException(kind + " says nothing of health.");
        };
    }

    private Outcome renewed(Instance instance, boolean revived) {
        return new Outcome.Renewed(
                new Lease(instance.id, instance.slot, Lease.Phase.LIVE, new Expiry(decision).dueIfRenewed(instance)),
                revived);
    }

    /** Why nothing can be done with an instance that isn't here. */
    static Outcome absent(ShardState state, String id, long now) {
        if (state.wasDeregistered(id, now)) {
            return new Outcome.Refused(
                    INSTANCE_DEREGISTERED, "The instance '" + id + "' was deregistered; register it again.");
        }
        return new Outcome.Refused(UNKNOWN_INSTANCE, "No instance has the id '" + id + "'; register it first.");
    }
}
