package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A service got a new version of its configuration.
 *
 * @param version from 1, each one more than the last, also where the last was deleted
 * @param content a JSON object as it was sent, without the blanks between its parts: numbers keep every digit
 */
@Revision("1")
public record ConfigurationStored(String service, int version, String content, Instant at, EventMetadata envelope)
        implements ConfigurationFact {}
