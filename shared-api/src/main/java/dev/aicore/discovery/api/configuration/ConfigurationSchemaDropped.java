package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Fact: the schema of a service's configuration was dropped. Any JSON object is valid again. */
@Revision("1")
public record ConfigurationSchemaDropped(String service, int revision, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
