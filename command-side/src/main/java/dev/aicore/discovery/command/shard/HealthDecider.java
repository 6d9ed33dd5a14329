package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
        if (instance.hasCompositeCheck()) {
            return List.of();
        }
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
     * Returns a decision with events of which the last declares an instance anew, followed by the changes of health
     * that the new declaration causes.
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
                List.of(),
                events,
                () -> Decision.of(
                        healthEvents(instance, before.healthCheck(), after.healthCheck(), metadata), outcome));
    }

    private List<RegistryEvent> healthEvents(
            Instance instance, @Nullable HealthCheck before, @Nullable HealthCheck after, EventMetadata metadata) {
        var events = new ArrayList<RegistryEvent>();
        boolean removed = isRemoved(before, after);
        if (removed) {
            events.addAll(circuitBreakerDecider.closeUnchecked(instance, metadata));
        }
        var composite = CompositeCheck.of(after);
        if (composite != null) {
            events.addAll(composedHealth(instance, composite, metadata));
        } else if (removed && instance.healthState != HealthState.HEALTHY && instance.streaks.failures() == 0) {
            events.add(declared(instance, HealthState.HEALTHY, CircuitBreakerDecider.CHECK_REMOVED_REASON, metadata));
        }
        return events;
    }

    /**
     * Returns true if a check was removed or is no longer active, so that nothing else would close the circuit breaker
     * and reset a health that only the check had changed.
     */
    private static boolean isRemoved(@Nullable HealthCheck before, @Nullable HealthCheck after) {
        return before != null
                && (after == null
                        || (before.checksActively() && !after.checksActively())
                        || (before.hasComponents() && !after.hasComponents()));
    }

    /** Returns the change of health that the statuses of several checks cause; empty if it is the same. */
    private List<HealthChanged> composedHealth(Instance instance, CompositeCheck composite, EventMetadata metadata) {
        if (composite.health() == instance.healthState) {
            return List.of();
        }
        var worst = composite.worst();
        var output = worst.getValue().output();
        var evidence = "Its worst check, " + worst.getKey() + ", is "
                + worst.getValue().status().jsonName() + (output.isEmpty() ? "." : ": " + output);
        return List.of(declared(instance, composite.health(), evidence, metadata));
    }

    private HealthChanged declared(Instance instance, HealthState to, String evidence, EventMetadata metadata) {
        return changed(instance, to, 0, evidence, 0, instance.recentCheckResults.toCheckResults(), metadata);
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
