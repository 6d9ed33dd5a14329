package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;

/**
 * Event of a service's configuration or schema. All of these events are in one stream of their own,
 * {@link ConfigurationStream#NAME}.
 */
public sealed interface ConfigurationFact extends RegistryEvent
        permits ConfigurationStored,
                ConfigurationRolledBack,
                ConfigurationDeleted,
                ConfigurationSchemaDeclared,
                ConfigurationSchemaDropped {

    /** Returns the service's name. */
    String service();

    /** Returns the time of the decision. */
    Instant at();

    /** Returns the event metadata: who caused the fact, from where and why. */
    EventMetadata envelope();
}
