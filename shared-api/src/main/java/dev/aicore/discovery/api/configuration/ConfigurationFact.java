package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Event of a service's configuration or schema. All of these events are in one stream of their own,
 * {@link ConfigurationStream#NAME}.
 */
public sealed interface ConfigurationFact extends RegistryEvent {

    /** Returns the service's name. */
    String service();

    /** Returns the time of the decision. */
    Instant at();

    /** Returns the event metadata: who caused the fact, from where and why. */
    EventMetadata envelope();

    /** Identifies the event stream of all configurations and schemas. */
    final class ConfigurationStream {

        /** Name of the stream and of its aggregate. */
        public static final String NAME = "configurations";

        /** Maximum number of services that have, or ever had, a configuration or a schema. */
        public static final int MAX_SERVICES = 100_000;

        private ConfigurationStream() {}
    }

    /**
     * Fact: a service's configuration got a new version.
     *
     * @param version from 1, incremented by each version, also after a deletion
     * @param content the JSON object as it was sent, without whitespace between tokens; numbers keep every digit
     */
    @Revision("1")
    record ConfigurationStored(String service, int version, String content, Instant at, EventMetadata envelope)
            implements ConfigurationFact {}

    /**
     * Fact: a service's configuration got a new version with the content of an older version.
     *
     * @param restored the older version
     * @param content the content of both versions, included so that readers need no lookup
     */
    @Revision("1")
    record ConfigurationRolledBack(
            String service, int version, int restored, String content, Instant at, EventMetadata envelope)
            implements ConfigurationFact {}

    /**
     * Fact: the configuration of a service was deleted. Its earlier versions stay readable.
     *
     * @param version the version that was current until then
     */
    @Revision("1")
    record ConfigurationDeleted(String service, int version, Instant at, EventMetadata envelope)
            implements ConfigurationFact {}

    /**
     * Fact: a schema was declared for a service's configuration. It applies from the next version on.
     *
     * @param revision from 1, incremented by each declaration and each removal of a schema
     * @param schema the JSON Schema as it was sent, without whitespace between tokens
     */
    @Revision("1")
    record ConfigurationSchemaDeclared(String service, int revision, String schema, Instant at, EventMetadata envelope)
            implements ConfigurationFact {}

    /** Fact: the schema of a service's configuration was dropped. Any JSON object is valid again. */
    @Revision("1")
    record ConfigurationSchemaDropped(String service, int revision, Instant at, EventMetadata envelope)
            implements ConfigurationFact {}
}
