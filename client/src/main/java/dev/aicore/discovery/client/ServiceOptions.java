package dev.aicore.discovery.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filters and the strategy of picks. Immutable: each method returns a changed copy.
 *
 * @param strategy default {@code P2C}
 * @param version exact version, or a range such as {@code ^1.2}; null for any
 * @param zone preferred zone: used while at least half of its instances can be picked, else all zones; null for none
 * @param tags tags that an instance must all have
 * @param metadata pairs that an instance must all have
 * @param subset number of instances that this client keeps, chosen by rendezvous hashing of its own id, so that many
 * clients of a large service need fewer connections; 0 for all
 */
public record ServiceOptions(
        PickStrategy strategy,
        @Nullable String version,
        @Nullable String zone,
        List<String> tags,
        Map<String, String> metadata,
        int subset) {

    private static final ServiceOptions DEFAULTS =
            new ServiceOptions(PickStrategy.P2C, null, null, List.of(), Map.of(), 0);

    public ServiceOptions {
        if (subset < 0) {
            throw new IllegalArgumentException("Invalid subset: " + subset + " (expected: 0 or more).");
        }
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    public static ServiceOptions defaults() {
        return DEFAULTS;
    }

    public ServiceOptions strategy(PickStrategy value) {
        return new ServiceOptions(value, version, zone, tags, metadata, subset);
    }

    /**
     * Accepts only instances of a version.
     *
     * @param value exact version, or a range such as {@code ^1.2} or {@code >=1.2 <2}
     */
    public ServiceOptions version(@Nullable String value) {
        return new ServiceOptions(strategy, value, zone, tags, metadata, subset);
    }

    public ServiceOptions zone(@Nullable String value) {
        return new ServiceOptions(strategy, version, value, tags, metadata, subset);
    }

    /** Adds a required tag. */
    public ServiceOptions tag(String value) {
        var all = new ArrayList<>(tags);
        all.add(value);
        return new ServiceOptions(strategy, version, zone, all, metadata, subset);
    }

    /** Adds a required pair. */
    public ServiceOptions metadata(String key, String value) {
        var all = new LinkedHashMap<>(metadata);
        all.put(key, value);
        return new ServiceOptions(strategy, version, zone, tags, all, subset);
    }

    public ServiceOptions subset(int value) {
        return new ServiceOptions(strategy, version, zone, tags, metadata, value);
    }
}
