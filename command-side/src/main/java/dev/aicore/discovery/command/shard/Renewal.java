package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.HealthChanged;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.command.health.Streaks;
import java.util.ArrayList;
import java.util.List;

/** What is heard of instances: it renews leases, turns health, and brings back those that had fallen silent. */
final class Renewal {

    private static final String HEARTBEAT = "It sent a heartbeat.";
    private static final String CHECK = "A check of it passed.";
    static final String CHECK_GONE = "Its check was taken away.";

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
            var refusal = new Reached(state, decision.now).absence(id, asked.envelope());
            outcomes.add(
                    refusal == null
                            ? heard(
                                    id,
                                    ObservationKind.RENEWED,
                                    RenewLease.UNTOLD,
                                    asked.observedAt(),
                                    asked.envelope())
                            : refusal);
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
        boolean revived = present == null || present.isSilent();
        if (revived) {
            revive(instance, HEARTBEAT, envelope);
        }
        Adoption.ifDue(decision, instance, envelope, false);
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
        // It was made of a check that is gone: nothing that follows would take it back.
        if (!instance.isCheckedActively()) {
            return Monitoring.unchecked(instance);
        }
        boolean revived = instance.isSilent() && asked.kind().renews();
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
        return asked.kind().renews()
                ? renewed(instance, revived)
                : new Outcome.Renewed(new Expiry(decision).leaseToBe(instance), false);
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
            decision.settleWhatCountsOf(instance);
        }
        // Both as they are with it, which is applied only when something happens.
        var results = kind.isResult() ? instance.results.and(kind, observedAt, first, second) : instance.results;
        var calls = kind.isCall() ? ShardState.and(instance.calls, kind, first, second) : instance.calls;
        decision.observed(instance, kind, observedAt, first, second);
        if (kind.isResult()) {
            turn(instance, instance.streaks.and(kind), kind, results.told(), envelope);
        }
        if (kind.isCall()) {
            new Circuits(decision).look(instance, calls, envelope);
        }
    }

    private void turn(
            Instance instance, Streaks streaks, ObservationKind last, List<CheckResult> results, Envelope envelope) {
        var health = instance.healthPolicy().decide(instance.health, streaks, last);
        if (health == instance.health) {
            return;
        }
        int passesNeeded =
                health == Health.UNHEALTHY ? instance.passesNeeded(decision.rules.damping(), decision.now) : 0;
        int consecutive = health == Health.UNHEALTHY ? streaks.failures() : streaks.passes(last);
        changed(instance, health, consecutive, results.getLast().sentence(), passesNeeded, results, envelope);
    }

    /** One that nobody checks any more need never be heard to be well: what only its check had against it would be so for ever. */
    void acquitIfUnchecked(Instance instance, Declaration before, Declaration now, Envelope envelope) {
        var check = before.healthCheck();
        var next = now.healthCheck();
        boolean gone = check != null && (next == null || (check.checksActively() && !next.checksActively()));
        if (!gone) {
            return;
        }
        new Circuits(decision).closeUnchecked(instance, envelope);
        if (instance.health != Health.HEALTHY && instance.streaks.failures() == 0) {
            changed(instance, Health.HEALTHY, 0, CHECK_GONE, 0, instance.results.told(), envelope);
        }
    }

    private void changed(
            Instance instance,
            Health to,
            int consecutive,
            String evidence,
            int passesNeeded,
            List<CheckResult> results,
            Envelope envelope) {
        decision.happened(
                instance,
                new HealthChanged(
                        instance.id,
                        instance.service,
                        instance.health,
                        to,
                        consecutive,
                        evidence,
                        passesNeeded,
                        results,
                        decision.instant(),
                        envelope));
    }

    private Outcome renewed(Instance instance, boolean revived) {
        return new Outcome.Renewed(new Expiry(decision).leaseIfRenewed(instance), revived);
    }

    /** Why nothing can be done with an instance that isn't here. */
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
