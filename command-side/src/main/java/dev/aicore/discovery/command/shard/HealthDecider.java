package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Decides the health of instances from the results of checks and heartbeats. */
final class HealthDecider {

    private final DecisionContext context;
    private final CircuitBreakerDecider circuitBreakerDecider;

    HealthDecider(DecisionContext context, CircuitBreakerDecider circuitBreakerDecider) {
        this.context = context;
        this.circuitBreakerDecider = circuitBreakerDecider;
    }

    /** Returns the change that an observation causes; empty if it is no result or changes nothing. */
    List<HealthChanged> transition(Observation result, EventMetadata metadata) {
        var kind = result.kind();
        if (!kind.isResult()) {
            return List.of();
        }
        var instance = result.instance();
        var streaks = instance.streaks.and(kind);
        var healthState = instance.healthPolicy().decide(instance.healthState, streaks, kind);
        if (healthState == instance.healthState) {
            return List.of();
        }
        boolean unhealthy = healthState == HealthState.UNHEALTHY;
        int passesNeeded = unhealthy ? instance.passesNeeded(context.policies().damping(), context.now()) : 0;
        int consecutive = unhealthy ? streaks.failures() : streaks.passes(kind);
        var results = instance.recentCheckResults
                .and(kind, result.observedAt(), result.first(), result.second())
                .toCheckResults();
        return List.of(changed(
                instance, healthState, consecutive, results.getLast().describe(), passesNeeded, results, metadata));
    }

    /**
     * Returns a decision with events of which the last declares an instance anew, followed by the reset that the new
     * declaration requires.
     *
     * @param before declaration before the events
     * @param after declaration after the events
     */
    Decision declare(
            List<RegistryEvent> events,
            Instance instance,
            Declaration before,
            Declaration after,
            EventMetadata metadata,
            Supplier<Outcome> outcome) {
        return new Decision.Step(
                List.of(), events, () -> Decision.of(resetIfUnchecked(instance, before, after, metadata), outcome));
    }

    /**
     * Returns the events that close the circuit breaker of an instance whose check was removed or is no longer active,
     * and that reset its health if only the check had made it unhealthy; nothing else would ever reset them.
     */
    private List<RegistryEvent> resetIfUnchecked(
            Instance instance, Declaration before, Declaration after, EventMetadata metadata) {
        var check = before.healthCheck();
        var next = after.healthCheck();
        boolean removed = check != null && (next == null || (check.checksActively() && !next.checksActively()));
        if (!removed) {
            return List.of();
        }
        var events = new ArrayList<RegistryEvent>(circuitBreakerDecider.closeUnchecked(instance, metadata));
        if (instance.healthState != HealthState.HEALTHY && instance.streaks.failures() == 0) {
            events.add(changed(
                    instance,
                    HealthState.HEALTHY,
                    0,
                    CircuitBreakerDecider.CHECK_REMOVED_REASON,
                    0,
                    instance.recentCheckResults.toCheckResults(),
                    metadata));
        }
        return events;
    }

    private HealthChanged changed(
            Instance instance,
            HealthState to,
            int consecutive,
            String evidence,
            int passesNeeded,
            List<CheckResult> results,
            EventMetadata metadata) {
        return new HealthChanged(
                instance.id,
                instance.service,
                instance.healthState,
                to,
                consecutive,
                evidence,
                passesNeeded,
                results,
                context.instant(),
                metadata);
    }
}
