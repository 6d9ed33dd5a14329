package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.CheckFailureReason;

/**
 * The result of a check. Outcome: {@link Outcome.Renewed}, or a refusal if the instance isn't alive.
 *
 * @param kind one of the three kinds of check results
 * @param reason why it failed, {@link CheckFailureReason#packed()}; 0 if it passed
 * @param latencyClass it took less than two to the power of so many milliseconds, and half of that at least; 0 to
 *     {@value #MAX_LATENCY_CLASS}
 * @param observedAt when it ended, epoch milliseconds
 * @param envelope kept only if it turns the instance's health
 */
public record RecordCheck(
        String id, ObservationKind kind, int reason, int latencyClass, long observedAt, EventMetadata envelope)
        implements ShardCommand {

    public static final int MAX_LATENCY_CLASS = 30;

    public RecordCheck {
        if (!kind.isResult() || kind.arguments() == 0) {
            throw new IllegalArgumentException("A check can't be an observation of kind " + kind + ".");
        }
        if (latencyClass < 0 || latencyClass > MAX_LATENCY_CLASS) {
            throw new IllegalArgumentException(
                    "A latency class of " + latencyClass + "; expected 0 to " + MAX_LATENCY_CLASS + ".");
        }
        if (kind == ObservationKind.CHECK_FAILED) {
            CheckFailureReason.of(reason);
        } else if (reason != 0) {
            throw new IllegalArgumentException("A passed check can't have failed for reason " + reason + ".");
        }
    }
}
