package dev.aicore.discovery.command.shard;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores the tombstones of a shard, oldest first. Instances that can be revived count for the quotas as if present. */
final class TombstoneIndex {

    /** Maximum number of tombstones; the oldest are forgotten first. */
    static final int MAX_SIZE = 8_192;

    /**
     * Additional time in milliseconds for which an expired tombstone is kept when instances are registered. The clocks
     * of two successive writers may differ by up to this time, and a replay still finds each tombstone that the second
     * writer has revived.
     */
    static final long EXTRA_RETENTION_MILLIS = 600_000;

    private final LinkedHashMap<String, Tombstone> byId = new LinkedHashMap<>();
    private final ShardUsage usage;

    TombstoneIndex(ShardUsage usage) {
        this.usage = usage;
    }

    int size() {
        return byId.size();
    }

    @Nullable
    Tombstone get(String id) {
        return byId.get(id);
    }

    void forEach(BiConsumer<String, Tombstone> each) {
        byId.forEach(each);
    }

    /** Returns all tombstones by id, in their order. */
    Map<String, Tombstone> byId() {
        return byId;
    }

    /** Adds a tombstone without forgetting others. */
    void put(String id, Tombstone tombstone) {
        remove(id);
        byId.put(id, tombstone);
        if (tombstone.instance() != null) {
            usage.addInstance(tombstone.instance());
        }
    }

    /** Adds a tombstone now, and forgets expired ones and those beyond the maximum. */
    void add(String id, Tombstone tombstone, long now) {
        put(id, tombstone);
        evictWhile(oldest -> oldest.until() <= now || byId.size() > MAX_SIZE);
    }

    /** Forgets stale tombstones before a registration. */
    void evictStale(long now) {
        evictWhile(oldest -> isStale(oldest, now));
    }

    /** Removes and returns a tombstone, because its instance is revived or registered again; null if there is none. */
    @Nullable
    Tombstone remove(String id) {
        return released(byId.remove(id));
    }

    /** Returns the bytes of the selected tombstones that {@link #evictStale} would forget. */
    long staleBytes(long now, Predicate<Instance> condition) {
        long bytes = 0;
        for (var oldest : byId.values()) {
            if (!isStale(oldest, now)) {
                break;
            }
            bytes += oldest.instance() != null && condition.test(oldest.instance())
                    ? oldest.instance().bytes()
                    : 0;
        }
        return bytes;
    }

    private void evictWhile(Predicate<Tombstone> isOver) {
        Iterator<Tombstone> all = byId.values().iterator();
        while (all.hasNext()) {
            var oldest = all.next();
            if (!isOver.test(oldest)) {
                break;
            }
            all.remove();
            released(oldest);
        }
    }

    private @Nullable Tombstone released(@Nullable Tombstone tombstone) {
        if (tombstone != null && tombstone.instance() != null) {
            usage.release(tombstone.instance());
        }
        return tombstone;
    }

    private static boolean isStale(Tombstone tombstone, long now) {
        return tombstone.until() + EXTRA_RETENTION_MILLIS <= now;
    }

    /**
     * Data of an instance that has left the shard.
     *
     * @param instance state at its removal; null if it was deregistered, which no heartbeat reverts
     * @param until time at which the tombstone may be forgotten, epoch milliseconds
     */
    record Tombstone(@Nullable Instance instance, long until) {}
}
