package dev.aicore.discovery.api.health;

import java.util.Locale;

/** Status of a check of a composite, in the order from good to bad. */
public enum ComponentHealth {
    PASSING(HealthState.HEALTHY),
    /** Impaired, but in service: the instance counts as healthy. */
    WARNING(HealthState.HEALTHY),
    /** No result yet. */
    STARTING(HealthState.STARTING),
    CRITICAL(HealthState.UNHEALTHY);

    private final HealthState healthState;

    ComponentHealth(HealthState healthState) {
        this.healthState = healthState;
    }

    /** Returns the health of an instance whose worst check has this status. */
    public HealthState health() {
        return healthState;
    }

    /** Returns the name in JSON. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a name that {@link #jsonName()} returned.
     *
     * @throws IllegalArgumentException if no constant has this name
     */
    public static ComponentHealth of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
