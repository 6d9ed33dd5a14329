package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.health.CheckResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an instance is, and why the registry thinks so.
 *
 * @param name its service
 * @param status what all of it comes to
 * @param monitored whether the registry is to check it, if it has a check that the registry makes
 * @param lastResult how the last look at it ended, to within some seconds; null if none has
 */
public record InstanceHealthView(
        String id,
        String name,
        InstanceStatus status,
        boolean monitored,
        @Nullable CheckResult lastResult,
        HealthDetail health,
        BreakerDetail circuit,
        LeaseDetail lease) {

    /**
     * Its health.
     *
     * @param since when it turned so, or the instance was registered
     * @param passesNeeded how many passes in a row bring it back, as it turned too often of late; null if as many as its check declares
     * @param turnedBy the last results up to the one that turned it, eldest first; none if it never turned
     */
    public record HealthDetail(
            HealthState state, Instant since, @Nullable Integer passesNeeded, List<CheckResult> turnedBy) {

        public HealthDetail {
            turnedBy = List.copyOf(turnedBy);
        }
    }

    /**
     * The circuit breaker in front of it.
     *
     * @param since when it turned so; null, as all that follow, if it never turned
     * @param cause why, in a sentence
     * @param calls how many it went by
     * @param failures how many of them failed
     * @param slow how many of them were slow
     * @param retryAt when an open one lets calls through again; null in another
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
     * Its lease.
     *
     * @param since when it turned so
     */
    public record LeaseDetail(LeaseState state, Instant since) {}

    /** The same without what only those may know who may know what targets of checks answered. */
    public InstanceHealthView forEverybody() {
        var results = health.turnedBy().stream().map(CheckResult::forEverybody).toList();
        return new InstanceHealthView(
                id,
                name,
                status,
                monitored,
                lastResult == null ? null : lastResult.forEverybody(),
                new HealthDetail(health.state(), health.since(), health.passesNeeded(), results),
                circuit,
                lease);
    }
}
