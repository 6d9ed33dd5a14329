package dev.aicore.discovery.query.discovery;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Load balancing strategy: the order in which discovery returns instances. */
enum BalancingStrategy {
    ROUND_ROBIN,
    RANDOM,
    WEIGHTED,
    LEAST_CONNECTIONS,
    CONSISTENT_HASH,
    IP_HASH,
    P2C;

    private static final Map<String, BalancingStrategy> BY_JSON_NAME = new LinkedHashMap<>();

    static {
        Arrays.stream(values())
                .forEach(balancingStrategy -> BY_JSON_NAME.put(balancingStrategy.jsonName, balancingStrategy));
    }

    private final String jsonName = name().toLowerCase(Locale.ROOT);

    /**
     * Returns true if a key of the caller determines the first instance, so that the same caller gets the same instance
     * again.
     */
    boolean isHashing() {
        return this == CONSISTENT_HASH || this == IP_HASH;
    }

    /** Returns the name in requests and responses. */
    String jsonName() {
        return jsonName;
    }

    /** Returns all strategies by name. */
    static Map<String, BalancingStrategy> byJsonName() {
        return Collections.unmodifiableMap(BY_JSON_NAME);
    }
}
