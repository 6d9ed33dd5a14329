package dev.aicore.discovery.api.configuration;

/** The book of configurations: which stream of the store it is. */
public final class ConfigurationStream {

    /** The name of the stream. */
    public static final String NAME = "configurations";

    /** Most services that may have, or have had, a configuration or a schema. */
    public static final int MAX_SERVICES = 100_000;

    private ConfigurationStream() {}
}
