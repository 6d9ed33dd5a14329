package dev.aicore.discovery.query.balancing;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How to choose among the instances of a service. */
enum BalancingStrategy {
    ROUND_ROBIN,
    RANDOM,
    WEIGHTED,
    LEAST_CONNECTIONS,
    CONSISTENT_HASH,
    IP_HASH,
    P2C;

    private static final Map<String, BalancingStrategy> BY_WORD = new LinkedHashMap<>();

    static {
        Arrays.stream(values()).forEach(balancingStrategy -> BY_WORD.put(balancingStrategy.word, balancingStrategy));
    }

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Whether who comes first is a matter of the caller's key, so that the same caller finds the same instance again. */
    boolean goesByKey() {
        return this == CONSISTENT_HASH || this == IP_HASH;
    }

    /** The name in requests and answers. */
    String word() {
        return word;
    }

    /** All of them by name. */
    static Map<String, BalancingStrategy> byWord() {
        return Collections.unmodifiableMap(BY_WORD);
    }
}
