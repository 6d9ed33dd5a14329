package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A service's configuration may be any JSON object again. */
@Revision("1")
public record ConfigurationSchemaDropped(String service, int revision, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
