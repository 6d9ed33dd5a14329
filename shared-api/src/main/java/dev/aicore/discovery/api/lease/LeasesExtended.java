package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Event: every lease of the shard restarts, because the registry could not receive heartbeats for some time.
 *
 * @param from the time from which every lease of this shard runs again
 * @param cause one word: start, pause, store_outage, connections_refused or requests_delayed
 * @param detail the reason, in words
 */
@Revision("1")
public record LeasesExtended(String shard, Instant from, String cause, String detail) implements RegistryEvent {}
