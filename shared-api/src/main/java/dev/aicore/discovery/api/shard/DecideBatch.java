package dev.aicore.discovery.api.shard;

import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Decides a batch of items in their order. The answer is a list of {@link CommandResult}, one for each.
 *
 * @param shard its name, {@code shard-0} and so on
 * @param decidedAt now, on the clock that leases run by
 * @param listening when instances of the shard could be heard: it bounds what graces add to their leases
 */
public record DecideBatch(
        @TargetAggregateIdentifier @RoutingKey String shard,
        Instant decidedAt,
        List<ShardCommand> items,
        ListeningHistory listening) {
    public DecideBatch {
        items = List.copyOf(items);
    }

    /** One that doesn't know when instances could be heard. */
    public DecideBatch(String shard, Instant decidedAt, List<ShardCommand> items) {
        this(shard, decidedAt, items, ListeningHistory.UNKNOWN);
    }
}
