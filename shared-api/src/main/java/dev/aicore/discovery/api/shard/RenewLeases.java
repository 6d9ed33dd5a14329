package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;
import java.util.List;

/**
 * Heartbeats of several instances of one shard, which say nothing of health. Outcome: {@link Outcome.Batch}, one for each id
 * in their order.
 *
 * @param observedAt when they arrived, epoch milliseconds
 * @param envelope kept only for those that are brought back
 */
public record RenewLeases(List<String> ids, long observedAt, EventMetadata envelope) implements ShardCommand {
    public RenewLeases {
        ids = List.copyOf(ids);
    }
}
