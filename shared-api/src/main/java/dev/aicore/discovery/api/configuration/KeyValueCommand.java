package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Command about keys of the key/value store. One aggregate decides all of them, in one order. */
public sealed interface KeyValueCommand {

    /** Returns the name of the stream, {@link KeyValueStream#NAME}. */
    String stream();

    /** Returns the time of the request. */
    Instant at();

    /** Returns the event metadata: who sends the command, from where and why. */
    EventMetadata envelope();

    /**
     * Stores the value of a key.
     *
     * @param key 1 to {@link KeyValueStream#MAX_KEY_BYTES} bytes, and not that of a configuration
     * @param flags unsigned number
     * @param value at most {@link KeyValueStream#MAX_VALUE_BYTES} bytes, in Base64 with padding
     * @param expected tags are {@link ConfigurationETag#ofVersion}
     */
    record StoreKeyValue(
            @TargetAggregateIdentifier @RoutingKey String stream,
            String key,
            long flags,
            String value,
            ConfigurationPrecondition expected,
            Instant at,
            EventMetadata envelope)
            implements KeyValueCommand {}

    /**
     * Deletes a key, if it exists.
     *
     * @param expected applies only if the key exists
     */
    record DeleteKeyValue(
            @TargetAggregateIdentifier @RoutingKey String stream,
            String key,
            ConfigurationPrecondition expected,
            Instant at,
            EventMetadata envelope)
            implements KeyValueCommand {}

    /**
     * Deletes all keys that begin with a prefix, or none.
     *
     * @param prefix empty for all keys
     */
    record DeleteKeyValues(
            @TargetAggregateIdentifier @RoutingKey String stream, String prefix, Instant at, EventMetadata envelope)
            implements KeyValueCommand {}
}
