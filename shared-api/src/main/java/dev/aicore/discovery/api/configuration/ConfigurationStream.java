package dev.aicore.discovery.api.configuration;

/** Identifies the event stream of all configurations and schemas. */
public final class ConfigurationStream {

    /** Name of the stream and of its aggregate. */
    public static final String NAME = "configurations";

    /** Maximum number of services that have, or ever had, a configuration or a schema. */
    public static final int MAX_SERVICES = 100_000;

    private ConfigurationStream() {}
}
