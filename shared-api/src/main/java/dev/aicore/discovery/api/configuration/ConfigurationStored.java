package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a service's configuration got a new version.
 *
 * @param version from 1, incremented by each version, also after a deletion
 * @param content the JSON object as it was sent, without whitespace between tokens; numbers keep every digit
 */
@Revision("1")
public record ConfigurationStored(String service, int version, String content, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
