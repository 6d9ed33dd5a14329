package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Gives a service a new version of its configuration.
 *
 * @param book {@link ConfigurationStream#NAME}
 * @param content a JSON object without blanks between its parts
 */
public record StoreConfiguration(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        String content,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
