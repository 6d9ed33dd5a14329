package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says what a service's configuration has to be like.
 *
 * @param book {@link ConfigurationStream#NAME}
 * @param schema a JSON Schema without blanks between its parts
 */
public record DeclareSchema(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        String schema,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
