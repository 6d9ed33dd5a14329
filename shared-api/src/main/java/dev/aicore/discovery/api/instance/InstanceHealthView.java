package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.lease.LeaseState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes the health of an instance and the evidence for it.
 *
 * @param name the service's name
 * @param status the combined status
 * @param monitored true if the registry runs the instance's active check, provided that the declaration has such a
 *     check
 * @param lastResult the last check result or reported health, up to some seconds late; null if there is none
 * @param checks the checks of a composite, ordered by id; empty for every other instance
 */
public record InstanceHealthView(
        String id,
        String name,
        InstanceStatus status,
        boolean monitored,
        @Nullable CheckResult lastResult,
        List<CheckDetail> checks,
        HealthDetail health,
        BreakerDetail circuit,
        LeaseDetail lease) {

    public InstanceHealthView {
        checks = List.copyOf(checks);
    }

    /**
     * One of several checks of the instance.
     *
     * @param output text of the last report; may be empty
     */
    public record CheckDetail(String id, String checkType, ComponentHealth status, String output) {}

    /**
     * Health state and the evidence for it.
     *
     * @param since the time of the last health change, or of the registration
     * @param passesNeeded consecutive passes that damping requires to become healthy again; null if the number of the
     *     check applies
     * @param turnedBy the last results up to the last health change, oldest first; empty if the health never changed
     */
    public record HealthDetail(
            HealthState state, Instant since, @Nullable Integer passesNeeded, List<CheckResult> turnedBy) {

        public HealthDetail {
            turnedBy = List.copyOf(turnedBy);
        }
    }

    /**
     * State of the instance's circuit breaker.
     *
     * @param since the time of the last change; null, like all members below, if the breaker never changed
     * @param cause the reason in one sentence
     * @param calls number of calls that the change is based on
     * @param failures number of these calls that failed
     * @param slow number of these calls that were slow
     * @param retryAt the time at which an open breaker lets trial calls through; null if the breaker is not open
     */
    public record BreakerDetail(
            BreakerState state,
            @Nullable Instant since,
            @Nullable String cause,
            @Nullable Integer calls,
            @Nullable Integer failures,
            @Nullable Integer slow,
            @Nullable Instant retryAt) {}

    /**
     * State of the instance's lease.
     *
     * @param since the time of the last lease change
     */
    public record LeaseDetail(LeaseState state, Instant since) {}

    /**
     * Returns a copy for callers that may not see the answers of check targets: reasons are reduced to their class, and
     * latencies are removed.
     */
    public InstanceHealthView redacted() {
        var results = health.turnedBy().stream().map(CheckResult::redacted).toList();
        return new InstanceHealthView(
                id,
                name,
                status,
                monitored,
                lastResult == null ? null : lastResult.redacted(),
                checks,
                new HealthDetail(health.state(), health.since(), health.passesNeeded(), results),
                circuit,
                lease);
    }
}
