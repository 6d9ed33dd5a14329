package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a service's configuration got a new version with the content of an older version.
 *
 * @param restored the older version
 * @param content the content of both versions, included so that readers need no lookup
 */
@Revision("1")
public record ConfigurationRolledBack(
        String service, int version, int restored, String content, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
