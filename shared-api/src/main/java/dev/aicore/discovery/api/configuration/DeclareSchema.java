package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.Envelope;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says what a service's configuration has to be like.
 *
 * @param book {@link ConfigurationBook#NAME}
 * @param schema a JSON Schema without blanks between its parts
 */
public record DeclareSchema(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        String schema,
        Expectation expected,
        Instant at,
        Envelope envelope)
        implements ConfigurationChange {}
