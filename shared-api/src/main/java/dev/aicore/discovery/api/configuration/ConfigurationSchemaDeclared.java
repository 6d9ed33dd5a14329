package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A service said what its configuration has to be like, from its next version on.
 *
 * @param revision from 1, each one more than the last; dropping a schema takes one too
 * @param schema a JSON Schema as it was sent, without the blanks between its parts
 */
@Revision("1")
public record ConfigurationSchemaDeclared(
        String service, int revision, String schema, Instant at, EventMetadata envelope) implements ConfigurationFact {}
