package dev.aicore.discovery.api.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.shard.ObservationKind;

/**
 * Records the result of an active check. Outcome: {@link Outcome.Renewed}, or a refusal if the instance is not present
 * or has no active check.
 *
 * @param kind one of the three kinds of check results
 * @param reason reason of the failure, {@link CheckFailureReason#packed()}; 0 if the check passed
 * @param latencyClass exponent k of the latency: at least 2^(k-1) and less than 2^k milliseconds; 0 to
 *     {@value #MAX_LATENCY_CLASS}
 * @param observedAt the end of the check, epoch milliseconds
 * @param envelope event metadata; stored only with a fact that the result causes, such as a health change
 */
public record RecordCheck(
        String id, ObservationKind kind, int reason, int latencyClass, long observedAt, EventMetadata envelope)
        implements ShardCommand {

    public static final int MAX_LATENCY_CLASS = 30;

    public RecordCheck {
        if (!kind.isResult() || kind.arguments() == 0) {
            throw new IllegalArgumentException("A check can't have the kind " + kind + ".");
        }
        if (latencyClass < 0 || latencyClass > MAX_LATENCY_CLASS) {
            throw new IllegalArgumentException(
                    "Invalid latency class " + latencyClass + "; expected 0 to " + MAX_LATENCY_CLASS + ".");
        }
        if (kind == ObservationKind.CHECK_FAILED) {
            CheckFailureReason.of(reason);
        } else if (reason != 0) {
            throw new IllegalArgumentException("A passed check can't have the failure reason " + reason + ".");
        }
    }
}
