package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.access.ApiKeyStream;
import dev.aicore.discovery.api.configuration.ConfigurationStream;

/** Which shard a service lives in: all instances of a service in one. */
public final class ShardPartitioner {

    /** The stream of keys, which stands beside the shards. */
    public static final int ACCESS = -1;

    /** The stream of configurations, beside them too. */
    public static final int CONFIGURATIONS = -2;

    /** The least number of a stream; all up to that of the last shard are used. */
    public static final int MIN_SHARDS = CONFIGURATIONS;

    private static final String PREFIX = "shard-";

    private ShardPartitioner() {}

    /**
     * The shard of a service, 0 to shards - 1. Stores depend on it: it never changes.
     *
     * @param shards how many there are, at least 1
     */
    public static int of(String namespace, String service, int shards) {
        int hash = (namespace + '|' + service).hashCode();
        // String's hash is weak in its low bits: mix them as MurmurHash3's finalizer does.
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Integer.remainderUnsigned(hash ^ (hash >>> 16), shards);
    }

    /** The name of the aggregate. */
    public static String name(int shard) {
        return switch (shard) {
            case ACCESS -> ApiKeyStream.NAME;
            case CONFIGURATIONS -> ConfigurationStream.NAME;
            default -> PREFIX + shard;
        };
    }

    /**
     * The number in an aggregate's name.
     *
     * @throws IllegalArgumentException if it isn't one of a shard
     */
    public static int number(String name) {
        if (name.equals(ApiKeyStream.NAME)) {
            return ACCESS;
        }
        if (name.equals(ConfigurationStream.NAME)) {
            return CONFIGURATIONS;
        }
        try {
            if (name.startsWith(PREFIX)) {
                return Short.parseShort(name.substring(PREFIX.length()));
            }
        } catch (NumberFormatException e) {
            // told below, with what was expected
        }
        throw new IllegalArgumentException("'" + name + "' is no shard; expected " + PREFIX + "<number>.");
    }
}
