package dev.aicore.discovery.api.instance;

import java.util.Locale;

/** What checks and heartbeats say of an instance. */
public enum HealthState {
    /** Registered with {@code initial_status: starting}, and not yet heard to be well. */
    STARTING,
    HEALTHY,
    UNHEALTHY;

    /** The name in JSON and SQL. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The opposite of {@link #word()}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static HealthState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
