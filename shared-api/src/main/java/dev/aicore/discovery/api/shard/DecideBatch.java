package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.ShardCommand;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Decides a batch of commands in their order. Returns a list of {@link CommandResult}, one per command.
 *
 * @param shard the shard's name, such as {@code shard-0}
 * @param decidedAt the current time on the clock of the leases
 * @param listening the times in which heartbeats could be received; limits how far lease extensions prolong leases
 */
public record DecideBatch(
        @TargetAggregateIdentifier @RoutingKey String shard,
        Instant decidedAt,
        List<ShardCommand> items,
        ListeningHistory listening) {
    public DecideBatch {
        items = List.copyOf(items);
    }

    /** Creates a batch without knowledge of when heartbeats could be received. */
    public DecideBatch(String shard, Instant decidedAt, List<ShardCommand> items) {
        this(shard, decidedAt, items, ListeningHistory.UNKNOWN);
    }
}
