package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;

/** Command about the configuration or the schema of a service. One aggregate decides all of them, in one order. */
public sealed interface ConfigurationCommand
        permits StoreConfiguration, RollBackConfiguration, DeleteConfiguration, DeclareSchema, DropSchema {

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
}
