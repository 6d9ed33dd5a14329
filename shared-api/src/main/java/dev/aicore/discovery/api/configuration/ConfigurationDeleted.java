package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A service has no configuration any more. Its versions stay what they were.
 *
 * @param version the one that it had
 */
@Revision("1")
public record ConfigurationDeleted(String service, int version, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
