package dev.aicore.discovery.api.balancing;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Somebody had the picks of a service counted from 0 again. It is a fact of the service, and turns none of its instances. */
@Revision("1")
public record PicksReset(String service, Instant resetAt, EventMetadata envelope) {}
