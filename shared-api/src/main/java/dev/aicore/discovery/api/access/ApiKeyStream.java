package dev.aicore.discovery.api.access;

/** Identifies the event stream of all API keys. */
public final class ApiKeyStream {

    /** Name of the stream and of its aggregate. */
    public static final String NAME = "access";

    /** Maximum number of keys that exist at once. */
    public static final int MAX_KEYS = 10_000;

    private ApiKeyStream() {}
}
