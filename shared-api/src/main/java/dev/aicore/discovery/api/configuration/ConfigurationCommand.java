package dev.aicore.discovery.api.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;

/** Something that is asked about a service's configuration. Each is decided by the book, in one order. */
public sealed interface ConfigurationCommand
        permits StoreConfiguration, RollBackConfiguration, DeleteConfiguration, DeclareSchema, DropSchema {

    /** Which book decides it. */
    String book();

    /** A well-formed name; the service needs not be registered. */
    String service();

    /** What must be so for it to be done. */
    ConfigurationPrecondition expected();

    /** When it was asked. */
    Instant at();

    /** Who asks, from where and why. */
    EventMetadata envelope();
}
