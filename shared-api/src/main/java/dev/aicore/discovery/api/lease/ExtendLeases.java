package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.ShardCommand;

/**
 * Restarts every lease of the shard now. Outcome: {@link Outcome.Leases} with all leases that the shard knows.
 *
 * @param cause one word: start, pause, store_outage, connections_refused or requests_delayed
 * @param detail the reason, in words
 */
public record ExtendLeases(String cause, String detail) implements ShardCommand {}
