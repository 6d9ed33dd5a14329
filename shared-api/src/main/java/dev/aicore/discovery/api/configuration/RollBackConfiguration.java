package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Stores the content of an older version as the new version of a service's configuration.
 *
 * @param book name of the stream, {@link ConfigurationStream#NAME}
 * @param version the older version; may precede a deletion of the configuration
 */
public record RollBackConfiguration(
        @TargetAggregateIdentifier @RoutingKey String book,
        String service,
        int version,
        ConfigurationPrecondition expected,
        Instant at,
        EventMetadata envelope)
        implements ConfigurationCommand {}
