package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.CircuitChanged;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.ReportCalls;
import dev.aicore.discovery.command.health.BreakerPolicy;
import dev.aicore.discovery.command.health.CallWindow;
import dev.aicore.discovery.command.health.CallWindow.Tally;
import java.time.Instant;

/** Decides the transitions of the instances' circuit breakers. */
final class CircuitBreakerDecider {

    private static final EventMetadata BY_TIME = EventMetadata.ofRegistry("circuit");
    private static final Tally NO_CALLS = new Tally(0, 0, 0);

    private final BatchDecider batchDecider;
    private final BreakerPolicy policy;

    CircuitBreakerDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
        this.policy = batchDecider.shardPolicies.breaker();
    }

    Outcome decide(ReportCalls command) {
        var instance = batchDecider.state.find(command.id());
        if (instance == null) {
            return RenewalDecider.absent(batchDecider.state, command.id(), batchDecider.now);
        }
        batchDecider.applyCounted(instance);
        int reporter = CallWindow.reporter(command.envelope().actor());
        batchDecider.observed(
                instance,
                ObservationKind.OUTCOMES_REPORTED_BY,
                command.observedAt(),
                command.outcomes().packed(),
                reporter);
        evaluate(instance, instance.callWindow.reported(command.outcomes(), reporter), command.envelope());
        return new Outcome.Circuit(
                command.id(), instance.breakerState, new ExpiryDecider(batchDecider).upcomingLease(instance));
    }

    /** Changes the breaker's state if the calls require it. The newest call is the observation that was just added. */
    void evaluate(Instance instance, CallWindow callWindow, EventMetadata metadata) {
        if (instance.breakerState == BreakerState.OPEN) {
            return;
        }
        var tally = policy.tally(instance.breakerState, callWindow);
        var turned = policy.nextState(instance.breakerState, tally);
        if (turned == BreakerState.OPEN) {
            open(instance, tally, metadata);
        } else if (turned != null) {
            changeState(instance, turned, tally, "It answered the calls that were let through.", metadata);
        }
    }

    /** Changes an open breaker to half-open, if it was open for long enough. */
    void halfOpenIfDue(Instance instance, long at) {
        if (instance.breakerState == BreakerState.OPEN && instance.retryAt <= at) {
            changeState(
                    instance,
                    BreakerState.HALF_OPEN,
                    NO_CALLS,
                    "It was open for " + policy.waitInOpen().toSeconds() + " s; a few calls are let through.",
                    BY_TIME);
        }
    }

    /**
     * Closes the breaker of an instance that is no longer checked. The reports of callers alone may never suffice to
     * close it.
     */
    void closeUnchecked(Instance instance, EventMetadata metadata) {
        if (instance.breakerState != BreakerState.CLOSED) {
            changeState(instance, BreakerState.CLOSED, NO_CALLS, RenewalDecider.CHECK_REMOVED_REASON, metadata);
        }
    }

    private void open(Instance instance, Tally tally, EventMetadata metadata) {
        if (mayEject(instance)) {
            changeState(instance, BreakerState.OPEN, tally, policy.describe(tally), metadata);
        } else if (instance.breakerState == BreakerState.HALF_OPEN) {
            changeState(
                    instance, BreakerState.CLOSED, tally, "Too many of its service would be out with it.", metadata);
        }
    }

    /**
     * Returns true if the ejection share permits the ejection. Other instances may have left since the instance was
     * ejected.
     */
    private boolean mayEject(Instance instance) {
        var service = batchDecider.state.service(instance.service);
        int others = service.openBreakers - (instance.breakerState == BreakerState.CLOSED ? 0 : 1);
        return policy.mayEject(others, service.instances);
    }

    private void changeState(Instance instance, BreakerState to, Tally tally, String cause, EventMetadata metadata) {
        Instant retryAt = to == BreakerState.OPEN ? batchDecider.instant().plus(policy.waitInOpen()) : null;
        batchDecider.emit(
                instance,
                new CircuitChanged(
                        instance.id,
                        instance.service,
                        instance.breakerState,
                        to,
                        tally.calls(),
                        tally.failures(),
                        tally.slow(),
                        cause,
                        retryAt,
                        batchDecider.instant(),
                        metadata));
    }
}
