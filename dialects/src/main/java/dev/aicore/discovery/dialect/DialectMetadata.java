package dev.aicore.discovery.dialect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metadata entries in which dialects keep what their documents have and the registry's don't. The key of each entry
 * begins with the prefix of its dialect. Such entries are part of the declaration like all others: they are in its
 * history, and count in its limits. No dialect shows them among the metadata of its own documents.
 */
public final class DialectMetadata {

    public static final String EUREKA_PREFIX = "eureka.";
    public static final String CONSUL_PREFIX = "consul.";

    private static final List<String> PREFIXES = List.of(EUREKA_PREFIX, CONSUL_PREFIX);

    private DialectMetadata() {}

    /** Returns true if the key belongs to a dialect. */
    public static boolean isReserved(String key) {
        return PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** Returns the entries that belong to no dialect, ordered by key. */
    public static Map<String, String> withoutReserved(Map<String, String> metadata) {
        var visible = new TreeMap<String, String>();
        metadata.forEach((key, value) -> {
            if (!isReserved(key)) {
                visible.put(key, value);
            }
        });
        return visible;
    }
}
