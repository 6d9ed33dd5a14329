package dev.aicore.discovery.query.balancing;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How to choose among the instances of a service. */
enum Strategy {
    ROUND_ROBIN(true),
    RANDOM(true),
    WEIGHTED(true),
    LEAST_CONNECTIONS(false),
    CONSISTENT_HASH(true),
    IP_HASH(true),
    P2C(false);

    private static final Map<String, Strategy> BY_WORD = new LinkedHashMap<>();

    static {
        Arrays.stream(values()).forEach(strategy -> BY_WORD.put(strategy.word, strategy));
    }

    private final boolean built;
    private final String word = name().toLowerCase(Locale.ROOT);

    Strategy(boolean built) {
        this.built = built;
    }

    /** Whether this version can do it. */
    boolean isBuilt() {
        return built;
    }

    /** The name in requests and answers. */
    String word() {
        return word;
    }

    /** All of them by name. */
    static Map<String, Strategy> byWord() {
        return Collections.unmodifiableMap(BY_WORD);
    }
}
