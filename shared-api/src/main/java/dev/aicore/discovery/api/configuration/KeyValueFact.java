package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Event of one key of the key/value store. All of these events are in one stream of their own,
 * {@link KeyValueStream#NAME}. Keys that are the configuration of a service ({@link ConfigurationKey}) have no events
 * here: their events are {@link ConfigurationFact}s.
 */
public sealed interface KeyValueFact extends RegistryEvent {

    String key();

    /** Returns the time of the decision. */
    Instant at();

    /** Returns the event metadata: who caused the fact, from where and why. */
    EventMetadata envelope();

    /** Identifies the event stream of all keys, and states the limits of one key. */
    final class KeyValueStream {

        /** Name of the stream and of its aggregate. */
        public static final String NAME = "key-values";

        /** Maximum number of bytes of a key in UTF-8. */
        public static final int MAX_KEY_BYTES = 512;

        /** Maximum number of bytes of a value, that of Consul. */
        public static final int MAX_VALUE_BYTES = 512 * 1024;

        private KeyValueStream() {}
    }

    /**
     * Fact: a key was created, or its value or flags changed.
     *
     * @param version number of this change among those of all keys, from 1; never reused, so that no version recurs
     * @param replaced version that this one replaces; 0 for a new key
     * @param flags unsigned number that the client attached to the value
     * @param value bytes in Base64 with padding
     */
    @Revision("1")
    record KeyValueStored(
            String key, int version, int replaced, long flags, String value, Instant at, EventMetadata envelope)
            implements KeyValueFact {}

    /**
     * Fact: a key was deleted. Its earlier values stay readable.
     *
     * @param version the version that was current until then
     */
    @Revision("1")
    record KeyValueDeleted(String key, int version, Instant at, EventMetadata envelope) implements KeyValueFact {}
}
