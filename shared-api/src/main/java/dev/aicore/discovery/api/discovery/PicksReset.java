package dev.aicore.discovery.api.discovery;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Fact: the pick counts of a service were reset to 0. It concerns the service and changes none of its instances. */
@Revision("1")
public record PicksReset(String service, Instant resetAt, EventMetadata envelope) implements RegistryEvent {}
