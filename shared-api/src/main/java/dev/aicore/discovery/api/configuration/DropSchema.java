package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.Envelope;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Lets a service's configuration be any JSON object again.
 *
 * @param book {@link ConfigurationBook#NAME}
 */
public record DropSchema(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        Expectation expected,
        Instant at,
        Envelope envelope)
        implements ConfigurationChange {}
