package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;

/** Something that happened to a service's configuration, or to its schema. All of them stand in one stream of their own, {@link ConfigurationStream#NAME}. */
public sealed interface ConfigurationFact
        permits ConfigurationStored,
                ConfigurationRolledBack,
                ConfigurationDeleted,
                ConfigurationSchemaDeclared,
                ConfigurationSchemaDropped {

    /** Whose it is. */
    String service();

    /** When it was decided. */
    Instant at();

    /** Who did it, from where and why. */
    EventMetadata envelope();
}
