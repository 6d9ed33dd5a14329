package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.Envelope;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Takes a service's configuration away.
 *
 * @param book {@link ConfigurationBook#NAME}
 */
public record DeleteConfiguration(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        Expectation expected,
        Instant at,
        Envelope envelope)
        implements ConfigurationChange {}
