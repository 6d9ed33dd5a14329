package dev.aicore.discovery.balancing;

import java.util.Locale;

/** Load balancing strategy: the order in which the instances of a service are returned. */
public enum BalancingStrategy {
    ROUND_ROBIN,
    RANDOM,
    WEIGHTED,
    LEAST_CONNECTIONS,
    CONSISTENT_HASH,
    IP_HASH,
    P2C;

    private final String jsonName = name().toLowerCase(Locale.ROOT);

    /**
     * Returns true if a key of the caller determines the first instance, so that the same caller gets the same instance
     * again.
     */
    public boolean isHashing() {
        return this == CONSISTENT_HASH || this == IP_HASH;
    }

    /** Returns the name in requests and responses. */
    public String jsonName() {
        return jsonName;
    }
}
