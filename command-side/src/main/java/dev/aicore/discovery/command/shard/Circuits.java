package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.CircuitChanged;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.ReportOutcomes;
import dev.aicore.discovery.command.health.BreakerPolicy;
import dev.aicore.discovery.command.health.Calls;
import dev.aicore.discovery.command.health.Calls.Tally;
import java.time.Instant;

/** The circuit breakers in front of instances. */
final class Circuits {

    private static final Envelope BY_TIME = Envelope.ofRegistry("circuit");
    private static final Tally NOTHING = new Tally(0, 0, 0);

    private final Decision decision;
    private final BreakerPolicy policy;

    Circuits(Decision decision) {
        this.decision = decision;
        this.policy = decision.rules.breaker();
    }

    Outcome settle(ReportOutcomes asked) {
        var instance = decision.state.find(asked.id());
        if (instance == null) {
            return Renewal.absent(decision.state, asked.id(), decision.now);
        }
        decision.settleWhatCountsOf(instance);
        int reporter = Calls.reporter(asked.envelope().actor());
        decision.observed(
                instance,
                ObservationKind.OUTCOMES_REPORTED_BY,
                asked.observedAt(),
                asked.outcomes().packed(),
                reporter);
        look(instance, instance.calls.reported(asked.outcomes(), reporter), asked.envelope());
        return new Outcome.Circuit(asked.id(), instance.breaker, new Expiry(decision).leaseToBe(instance));
    }

    /** Turns it if these calls say so, the newest of which was observed just now. */
    void look(Instance instance, Calls calls, Envelope by) {
        if (instance.breaker == Breaker.OPEN) {
            return;
        }
        var tally = policy.tally(instance.breaker, calls);
        var turned = policy.turn(instance.breaker, tally);
        if (turned == Breaker.OPEN) {
            open(instance, tally, by);
        } else if (turned != null) {
            turn(instance, turned, tally, "It answered the calls that were let through.", by);
        }
    }

    /** Lets a few calls through, if it was open for long enough. */
    void lookAgain(Instance instance, long at) {
        if (instance.breaker == Breaker.OPEN && instance.retryAt <= at) {
            turn(
                    instance,
                    Breaker.HALF_OPEN,
                    NOTHING,
                    "It was open for " + policy.waitInOpen().toSeconds() + " s; a few calls are let through.",
                    BY_TIME);
        }
    }

    /** Callers alone may never tell enough of it. */
    void closeUnchecked(Instance instance, Envelope by) {
        if (instance.breaker != Breaker.CLOSED) {
            turn(instance, Breaker.CLOSED, NOTHING, Renewal.CHECK_GONE, by);
        }
    }

    private void open(Instance instance, Tally tally, Envelope by) {
        if (mayEject(instance)) {
            turn(instance, Breaker.OPEN, tally, policy.words(tally), by);
        } else if (instance.breaker == Breaker.HALF_OPEN) {
            turn(instance, Breaker.CLOSED, tally, "Too many of its service would be out with it.", by);
        }
    }

    /** Others may have gone since it was taken out. */
    private boolean mayEject(Instance instance) {
        var service = decision.state.service(instance.service);
        int others = service.broken - (instance.breaker == Breaker.CLOSED ? 0 : 1);
        return policy.mayEject(others, service.instances);
    }

    private void turn(Instance instance, Breaker to, Tally tally, String cause, Envelope by) {
        Instant retryAt = to == Breaker.OPEN ? decision.instant().plus(policy.waitInOpen()) : null;
        decision.happened(
                instance,
                new CircuitChanged(
                        instance.id,
                        instance.service,
                        instance.breaker,
                        to,
                        tally.calls(),
                        tally.failures(),
                        tally.slow(),
                        cause,
                        retryAt,
                        decision.instant(),
                        by));
    }
}
