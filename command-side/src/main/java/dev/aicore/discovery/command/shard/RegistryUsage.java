package dev.aicore.discovery.command.shard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sums the usage of all shards of this process. Shards decide concurrently, so a sum may lack what other shards are
 * about to add: at most one declaration per shard. Thread-safe.
 */
final class RegistryUsage {

    private final Map<String, ShardUsage> shards = new ConcurrentHashMap<>();

    /** Sets the usage of a shard. A shard that was loaded again has a new usage object. */
    void put(String shard, ShardUsage usage) {
        shards.put(shard, usage);
    }

    /** Returns the bytes of all instances. */
    long bytes() {
        return shards.values().stream().mapToLong(ShardUsage::bytes).sum();
    }

    /** Returns the bytes of a principal's instances. */
    long bytesOf(String owner) {
        return shards.values().stream().mapToLong(usage -> usage.bytesOf(owner)).sum();
    }
}
