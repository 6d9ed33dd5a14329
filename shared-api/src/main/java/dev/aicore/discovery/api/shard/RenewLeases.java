package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;
import java.util.List;

/**
 * Heartbeats of several instances of one shard, which say nothing of health. Outcome: {@link Outcome.Each}, one for each id
 * in their order.
 *
 * @param observedAt when they arrived, epoch milliseconds
 * @param envelope kept only for those that are brought back
 */
public record RenewLeases(List<String> ids, long observedAt, Envelope envelope) implements Item {
    public RenewLeases {
        ids = List.copyOf(ids);
    }
}
