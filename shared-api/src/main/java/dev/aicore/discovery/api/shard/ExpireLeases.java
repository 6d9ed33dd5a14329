package dev.aicore.discovery.api.shard;

import java.util.List;

/**
 * Asks the shard to look at leases whose time may have come; it goes by its own state. Outcome: {@link Outcome.Leases}.
 *
 * @param ids those to look at; unknown ones are passed over
 * @param proposedAt when they seemed due, epoch milliseconds: nothing that falls due later is decided, however long the
 *     proposal lay about
 */
public record ExpireLeases(List<String> ids, long proposedAt) implements ShardCommand {
    public ExpireLeases {
        ids = List.copyOf(ids);
    }
}
