package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;

/**
 * Resets the picks of a service to 0. The service need not be registered. Outcome: {@link Outcome.Reset}.
 *
 * @param service a well-formed name
 */
public record ResetPicks(String service, EventMetadata envelope) implements ShardCommand {}
