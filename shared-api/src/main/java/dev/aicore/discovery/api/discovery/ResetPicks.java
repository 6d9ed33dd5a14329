package dev.aicore.discovery.api.discovery;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;

/**
 * Resets the picks of a service to 0. The service need not be registered. Outcome: {@link Outcome.Reset}.
 *
 * @param service a well-formed name
 */
public record ResetPicks(String service, EventMetadata envelope) implements ShardCommand {}
