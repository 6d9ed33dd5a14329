package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: the configuration of a service was deleted. Its earlier versions stay readable.
 *
 * @param version the version that was current until then
 */
@Revision("1")
public record ConfigurationDeleted(String service, int version, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
