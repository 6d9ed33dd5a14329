package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import dev.aicore.discovery.command.shard.policy.BreakerPolicy;
import dev.aicore.discovery.command.shard.policy.CallWindow;
import dev.aicore.discovery.command.shard.policy.CallWindow.Tally;
import java.time.Instant;
import java.util.List;

/** Decides the transitions of the instances' circuit breakers. */
final class CircuitBreakerDecider {

    static final String CHECK_REMOVED_REASON = "The check was removed.";

    private static final EventMetadata BY_TIME = EventMetadata.ofRegistry("circuit");
    private static final Tally NO_CALLS = new Tally(0, 0, 0);

    private final DecisionContext context;
    private final ShardState state;
    private final BreakerPolicy policy;
    private final LeaseCalculator leases;

    CircuitBreakerDecider(DecisionContext context, LeaseCalculator leases) {
        this.context = context;
        this.state = context.state();
        this.policy = context.policies().breaker();
        this.leases = leases;
    }

    Decision decide(ReportCalls command) {
        var instance = state.find(command.id());
        if (instance == null) {
            return Decision.of(ShardRefusals.absent(state, command.id(), context.now()));
        }
        var report = new Observation(
                instance,
                ObservationKind.OUTCOMES_REPORTED_BY,
                command.observedAt(),
                command.outcomes().packed(),
                CallWindow.reporter(command.envelope().actor()));
        return decide(report, command.envelope());
    }

    /** Returns the decision about a report of an instance that is present. */
    Decision decide(Observation report, EventMetadata metadata) {
        var instance = report.instance();
        return Decision.of(
                List.of(report),
                transition(report, metadata),
                () -> new Outcome.Circuit(instance.id, instance.breakerState, leases.upcomingLease(instance)));
    }

    /** Returns the transition that an observation causes; empty if it is no call or changes nothing. */
    List<CircuitChanged> transition(Observation call, EventMetadata metadata) {
        var instance = call.instance();
        if (!call.kind().isCall() || instance.breakerState == BreakerState.OPEN) {
            return List.of();
        }
        var tally =
                policy.tally(instance.breakerState, instance.callWindow.and(call.kind(), call.first(), call.second()));
        var next = policy.nextState(instance.breakerState, tally);
        if (next == null) {
            return List.of();
        }
        return next == BreakerState.OPEN
                ? opening(instance, tally, metadata)
                : List.of(changed(instance, next, tally, "The trial calls succeeded.", metadata));
    }

    /** Returns true if an open breaker was open for long enough. */
    boolean isHalfOpenDue(Instance instance, long at) {
        return instance.breakerState == BreakerState.OPEN && instance.retryAt <= at;
    }

    /** Returns the event that changes an open breaker to half-open. */
    CircuitChanged halfOpen(Instance instance) {
        return changed(
                instance,
                BreakerState.HALF_OPEN,
                NO_CALLS,
                "It was open for " + policy.waitInOpen().toSeconds() + " s; a few trial calls are permitted.",
                BY_TIME);
    }

    /**
     * Returns the event that closes the breaker of an instance that is no longer checked; empty if it is closed. The
     * reports of callers alone may never suffice to close it.
     */
    List<CircuitChanged> closeUnchecked(Instance instance, EventMetadata metadata) {
        return instance.breakerState == BreakerState.CLOSED
                ? List.of()
                : List.of(changed(instance, BreakerState.CLOSED, NO_CALLS, CHECK_REMOVED_REASON, metadata));
    }

    private List<CircuitChanged> opening(Instance instance, Tally tally, EventMetadata metadata) {
        if (mayEject(instance)) {
            return List.of(changed(instance, BreakerState.OPEN, tally, policy.describe(tally), metadata));
        }
        return instance.breakerState == BreakerState.HALF_OPEN
                ? List.of(changed(
                        instance,
                        BreakerState.CLOSED,
                        tally,
                        "Another ejection would exceed the maximum share of its service.",
                        metadata))
                : List.of();
    }

    /**
     * Returns true if the ejection share permits the ejection. Other instances may have left since the instance was
     * ejected.
     */
    private boolean mayEject(Instance instance) {
        var service = state.service(instance.service);
        int others = service.openBreakers - (instance.breakerState == BreakerState.CLOSED ? 0 : 1);
        return policy.mayEject(others, service.instances);
    }

    private CircuitChanged changed(
            Instance instance, BreakerState to, Tally tally, String cause, EventMetadata metadata) {
        Instant retryAt = to == BreakerState.OPEN ? context.instant().plus(policy.waitInOpen()) : null;
        return new CircuitChanged(
                instance.id,
                instance.service,
                instance.breakerState,
                to,
                tally.calls(),
                tally.failures(),
                tally.slow(),
                cause,
                retryAt,
                context.instant(),
                metadata);
    }
}
