package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A service got a new version of its configuration, which says what an older one said.
 *
 * @param restored the older one
 * @param content what both say, so that nobody has to look it up
 */
@Revision("1")
public record ConfigurationRolledBack(
        String service, int version, int restored, String content, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
