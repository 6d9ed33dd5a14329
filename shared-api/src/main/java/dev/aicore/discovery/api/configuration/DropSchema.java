package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Drops the schema of a service's configuration, so that any JSON object is valid again.
 *
 * @param book name of the stream, {@link ConfigurationStream#NAME}
 */
public record DropSchema(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
