package dev.aicore.discovery.api.access;

/** The book of keys: which stream of the store it is. */
public final class ApiKeyStream {

    /** The name of the stream. */
    public static final String NAME = "access";

    /** Most keys that there may be at once. */
    public static final int MAX_KEYS = 10_000;

    private ApiKeyStream() {}
}
