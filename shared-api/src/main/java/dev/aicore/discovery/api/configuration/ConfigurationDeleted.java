package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.Envelope;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A service has no configuration any more. Its versions stay what they were.
 *
 * @param version the one that it had
 */
@Revision("1")
public record ConfigurationDeleted(String service, int version, Instant at, Envelope envelope)
        implements ConfigurationFact {}
