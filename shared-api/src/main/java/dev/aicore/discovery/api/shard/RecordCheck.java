package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;

/**
 * The result of a check. Outcome: {@link Outcome.Renewed}, or a refusal if the instance isn't alive.
 *
 * @param kind one of the three kinds of check results
 * @param reason code of why it failed; 0 if it passed
 * @param latencyClass power of two of its milliseconds, 0 to 30
 * @param observedAt when it ended, epoch milliseconds
 * @param envelope kept only if it turns the instance's health
 */
public record RecordCheck(
        String id, ObservationKind kind, int reason, int latencyClass, long observedAt, Envelope envelope)
        implements Item {

    public RecordCheck {
        if (!kind.isResult() || kind.arguments() == 0) {
            throw new IllegalArgumentException("A check can't be an observation of kind " + kind + ".");
        }
        if ((reason | latencyClass) < 0) {
            throw new IllegalArgumentException(
                    "A check's numbers can't be negative: reason " + reason + ", latency class " + latencyClass + ".");
        }
    }
}
