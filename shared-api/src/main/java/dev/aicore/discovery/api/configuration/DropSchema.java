package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Lets a service's configuration be any JSON object again.
 *
 * @param book {@link ConfigurationStream#NAME}
 */
public record DropSchema(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
