package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.ShardCommand;
import java.util.List;

/**
 * Proposes leases that may be due. The shard decides by its own state. Outcome: {@link Outcome.Leases}.
 *
 * @param ids ids of the instances
 * @param proposedAt the time of the proposal, epoch milliseconds. Leases due after this time are not expired, however
 *     long the command waited in the queue
 */
public record ExpireLeases(List<String> ids, long proposedAt) implements ShardCommand {
    public ExpireLeases {
        ids = List.copyOf(ids);
    }
}
