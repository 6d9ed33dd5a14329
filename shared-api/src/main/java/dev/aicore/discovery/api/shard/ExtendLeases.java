package dev.aicore.discovery.api.shard;

/**
 * Lets every lease of the shard run anew from now. Outcome: {@link Outcome.Leases}, of all that the shard knows.
 *
 * @param cause one word: start, pause, store_outage, connections_refused, requests_delayed
 * @param detail what was seen, in words
 */
public record ExtendLeases(String cause, String detail) implements ShardCommand {}
