package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Stores a new version of a service's configuration.
 *
 * @param book name of the stream, {@link ConfigurationStream#NAME}
 * @param content a JSON object without whitespace between tokens
 */
public record StoreConfiguration(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        String content,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
