package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;

/**
 * Starts or stops the checks that the registry makes of a present instance. Outcome: {@link Outcome.Monitored}.
 *
 * @param on whether it is to be checked from here on
 */
public record SwitchMonitoring(String id, boolean on, EventMetadata envelope) implements ShardCommand {}
