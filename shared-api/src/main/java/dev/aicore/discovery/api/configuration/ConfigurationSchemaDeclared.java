package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a schema was declared for a service's configuration. It applies from the next version on.
 *
 * @param revision from 1, incremented by each declaration and each removal of a schema
 * @param schema the JSON Schema as it was sent, without whitespace between tokens
 */
@Revision("1")
public record ConfigurationSchemaDeclared(
        String service, int revision, String schema, Instant at, EventMetadata envelope) implements ConfigurationFact {}
