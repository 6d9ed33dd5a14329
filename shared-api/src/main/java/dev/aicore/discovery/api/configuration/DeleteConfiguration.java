package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Deletes a service's configuration.
 *
 * @param book name of the stream, {@link ConfigurationStream#NAME}
 */
public record DeleteConfiguration(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
