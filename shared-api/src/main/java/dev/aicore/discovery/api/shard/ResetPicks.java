package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;

/**
 * Has the picks of a service counted from 0 again, be it registered or not. Outcome: {@link Outcome.Reset}.
 *
 * @param service a well-formed name
 */
public record ResetPicks(String service, EventMetadata envelope) implements ShardCommand {}
