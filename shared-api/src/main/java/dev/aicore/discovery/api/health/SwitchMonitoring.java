package dev.aicore.discovery.api.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;

/**
 * Starts or stops the registry's checks of a present instance. Outcome: {@link Outcome.Monitored}.
 *
 * @param on true if the instance is checked from here on
 */
public record SwitchMonitoring(String id, boolean on, EventMetadata envelope) implements ShardCommand {}
