package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Command about the configuration or the schema of a service. One aggregate decides all of them, in one order. */
public sealed interface ConfigurationCommand {

    /** Returns the name of the stream, {@link ConfigurationStream#NAME}. */
    String book();

    /** Returns the service's name. The name is well-formed; the service need not be registered. */
    String service();

    /** Returns the precondition of the command. */
    ConfigurationPrecondition expected();

    /** Returns the time of the request. */
    Instant at();

    /** Returns the event metadata: who sends the command, from where and why. */
    EventMetadata envelope();

    /**
     * Stores a new version of a service's configuration.
     *
     * @param book name of the stream, {@link ConfigurationStream#NAME}
     * @param content a JSON object without whitespace between tokens
     */
    record StoreConfiguration(
            @TargetAggregateIdentifier @RoutingKey String book,
            String service,
            String content,
            ConfigurationPrecondition expected,
            Instant at,
            EventMetadata envelope)
            implements ConfigurationCommand {}

    /**
     * Stores the content of an older version as the new version of a service's configuration.
     *
     * @param book name of the stream, {@link ConfigurationStream#NAME}
     * @param version the older version; may precede a deletion of the configuration
     */
    record RollBackConfiguration(
            @TargetAggregateIdentifier @RoutingKey String book,
            String service,
            int version,
            ConfigurationPrecondition expected,
            Instant at,
            EventMetadata envelope)
            implements ConfigurationCommand {}

    /**
     * Deletes a service's configuration.
     *
     * @param book name of the stream, {@link ConfigurationStream#NAME}
     */
    record DeleteConfiguration(
            @TargetAggregateIdentifier @RoutingKey String book,
            String service,
            ConfigurationPrecondition expected,
            Instant at,
            EventMetadata envelope)
            implements ConfigurationCommand {}

    /**
     * Declares the schema of a service's configuration.
     *
     * @param book name of the stream, {@link ConfigurationStream#NAME}
     * @param schema a JSON Schema without whitespace between tokens
     */
    record DeclareSchema(
            @TargetAggregateIdentifier @RoutingKey String book,
            String service,
            String schema,
            ConfigurationPrecondition expected,
            Instant at,
            EventMetadata envelope)
            implements ConfigurationCommand {}

    /**
     * Drops the schema of a service's configuration, so that any JSON object is valid again.
     *
     * @param book name of the stream, {@link ConfigurationStream#NAME}
     */
    record DropSchema(
            @TargetAggregateIdentifier @RoutingKey String book,
            String service,
            ConfigurationPrecondition expected,
            Instant at,
            EventMetadata envelope)
            implements ConfigurationCommand {}
}
