package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;

/** Assigns services to shards. All instances of a service belong to one shard. */
public final class ShardPartitioner {

    /** Number of the stream of API keys, which is not a shard. */
    public static final int ACCESS = -1;

    /** Number of the stream of configurations, which is not a shard. */
    public static final int CONFIGURATIONS = -2;

    /** Number of the stream of the key/value store, which is not a shard. */
    public static final int KEY_VALUES = -3;

    /** Lowest stream number. All numbers from this one to the last shard are in use. */
    public static final int MIN_SHARDS = KEY_VALUES;

    private static final String PREFIX = "shard-";

    private ShardPartitioner() {}

    /**
     * Returns the shard of a service, 0 to {@code shards} - 1. Existing stores depend on the result, so it never
     * changes.
     *
     * @param shards number of shards, at least 1
     */
    public static int of(String namespace, String service, int shards) {
        int hash = (namespace + '|' + service).hashCode();
        // String's hash is weak in its low bits: mix them as MurmurHash3's finalizer does.
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Integer.remainderUnsigned(hash ^ (hash >>> 16), shards);
    }

    /** Returns the name of the aggregate of a stream number. */
    public static String name(int shard) {
        return switch (shard) {
            case ACCESS -> ApiKeyStream.NAME;
            case CONFIGURATIONS -> ConfigurationStream.NAME;
            case KEY_VALUES -> KeyValueStream.NAME;
            default -> PREFIX + shard;
        };
    }

    /**
     * Returns the stream number of an aggregate's name.
     *
     * @throws IllegalArgumentException if the name belongs to no stream
     */
    public static int streamNumber(String name) {
        if (name.equals(ApiKeyStream.NAME)) {
            return ACCESS;
        }
        if (name.equals(ConfigurationStream.NAME)) {
            return CONFIGURATIONS;
        }
        if (name.equals(KeyValueStream.NAME)) {
            return KEY_VALUES;
        }
        try {
            if (name.startsWith(PREFIX)) {
                return Short.parseShort(name.substring(PREFIX.length()));
            }
        } catch (NumberFormatException e) {
            // reported below, with the expected form
        }
        throw new IllegalArgumentException("'" + name + "' is not a shard; expected " + PREFIX + "<number>.");
    }
}
