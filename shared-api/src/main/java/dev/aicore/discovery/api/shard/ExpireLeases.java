package dev.aicore.discovery.api.shard;

import java.util.List;

/**
 * Asks the shard to look at leases whose time may have come; it goes by its own state. Outcome: {@link Outcome.Leases}.
 *
 * @param ids those to look at; unknown ones are passed over
 */
public record ExpireLeases(List<String> ids) implements Item {
    public ExpireLeases {
        ids = List.copyOf(ids);
    }
}
