package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import java.util.List;

/**
 * Renews the leases of several instances of one shard, without reporting health. Outcome: {@link Outcome.Batch} with
 * one outcome per id, in their order.
 *
 * @param observedAt the time of arrival, epoch milliseconds
 * @param envelope event metadata; stored only with a fact that a heartbeat causes, such as a revival
 */
public record RenewLeases(List<String> ids, long observedAt, EventMetadata envelope) implements ShardCommand {
    public RenewLeases {
        ids = List.copyOf(ids);
    }
}
