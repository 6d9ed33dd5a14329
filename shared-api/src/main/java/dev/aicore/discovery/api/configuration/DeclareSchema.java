package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Declares the schema of a service's configuration.
 *
 * @param book name of the stream, {@link ConfigurationStream#NAME}
 * @param schema a JSON Schema without whitespace between tokens
 */
public record DeclareSchema(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        String schema,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
