package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.web.Choices;
import java.util.List;
import java.util.Locale;

/** Load balancing strategy: the order in which discovery returns instances. */
enum BalancingStrategy {
    ROUND_ROBIN,
    RANDOM,
    WEIGHTED,
    LEAST_CONNECTIONS,
    CONSISTENT_HASH,
    IP_HASH,
    P2C;

    private static final Choices<BalancingStrategy> BY_JSON_NAME =
            Choices.of(List.of(values()), BalancingStrategy::jsonName);

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
    static Choices<BalancingStrategy> byJsonName() {
        return BY_JSON_NAME;
    }
}
