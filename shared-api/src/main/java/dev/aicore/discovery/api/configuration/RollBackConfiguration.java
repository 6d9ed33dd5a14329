package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Makes what an old version said the newest one.
 *
 * @param book {@link ConfigurationStream#NAME}
 * @param version the old one, also one from before the configuration was deleted
 */
public record RollBackConfiguration(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        int version,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
