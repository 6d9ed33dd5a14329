package dev.aicore.discovery.command.shard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the instances of all shards of this process take. Shards decide side by side, so what is told may be behind by what the others
 * are about to take: by one declaration for each of them at most.
 */
final class RegistryUsage {

    private final Map<String, ShardUsage> shards = new ConcurrentHashMap<>();

    /** Replaces what was known of a shard: one that was loaded again counts anew. */
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
