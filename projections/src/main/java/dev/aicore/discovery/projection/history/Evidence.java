package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.eventstore.wire.WireJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Extracts details of a fact that the versions of the instance before and after it don't show. */
final class Evidence {

    private Evidence() {}

    private record Turn(
            HealthState from, HealthState to, int consecutive, int passesNeeded, List<CheckResult> results) {}

    private record Circuit(
            BreakerState from,
            BreakerState to,
            int calls,
            int failures,
            int slow,
            @Nullable Instant retryAt) {}

    private record Silence(Instant silentSince, int ttl) {}

    private record Monitoring(boolean monitored) {}

    private record Adoption(String owner, String previousOwner) {}

    /** Returns the details as JSON; null if there are none. */
    static @Nullable String of(InstanceFact fact) {
        var evidence = evidence(fact);
        return evidence == null ? null : WireJson.mapper().writeValueAsString(evidence);
    }

    private static @Nullable Object evidence(InstanceFact fact) {
        return switch (fact) {
            case HealthChanged changed ->
                new Turn(
                        changed.from(), changed.to(), changed.consecutive(), changed.passesNeeded(), changed.results());
            case CircuitChanged turned ->
                new Circuit(
                        turned.from(), turned.to(), turned.calls(), turned.failures(), turned.slow(), turned.retryAt());
            case LeaseOverdue overdue -> new Silence(overdue.silentSince(), overdue.ttl());
            case LeaseExpired expired -> new Silence(expired.silentSince(), expired.ttl());
            case MonitoringSwitched switched -> new Monitoring(switched.monitored());
            case InstanceAdopted adopted -> new Adoption(adopted.owner(), adopted.previousOwner());
            case InstanceRegistered _,
                    InstanceUpdated _,
                    InstanceRevived _,
                    InstanceRemoved _,
                    InstanceDeregistered _ -> null;
        };
    }
}
