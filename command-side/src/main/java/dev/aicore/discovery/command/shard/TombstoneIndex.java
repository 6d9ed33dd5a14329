package dev.aicore.discovery.command.shard;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a shard remembers of the gone, the eldest first. Those that may come back count for quotas as if they were there. */
final class TombstoneIndex {

    /** Bounds how many there are; the eldest go first. */
    static final int MAX_SIZE = 8_192;

    /**
     * How much longer one that can't come back any more is remembered when others come, in milliseconds. The clocks of two nodes that
     * write one after the other may differ by as much, and still no replay misses one that the second has revived.
     */
    static final long REMEMBER_LONGER_MILLIS = 600_000;

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

    /** Returns all of them by id, in their order. */
    Map<String, Tombstone> byId() {
        return byId;
    }

    /** Remembers one more, and nobody less for it. */
    void put(String id, Tombstone tombstone) {
        remove(id);
        byId.put(id, tombstone);
        if (tombstone.instance() != null) {
            usage.hold(tombstone.instance());
        }
    }

    /** Remembers one that has gone now, and forgets who can't come back any more or is one too many. */
    void add(String id, Tombstone tombstone, long now) {
        put(id, tombstone);
        forgetWhile(eldest -> eldest.until() <= now || byId.size() > MAX_SIZE);
    }

    /** Makes room for one that comes now. */
    void forgetStale(long now) {
        forgetWhile(eldest -> isStale(eldest, now));
    }

    /** Forgets one that is there again, or anew. Returns what was known of it; null if nothing was. */
    @Nullable
    Tombstone remove(String id) {
        return released(byId.remove(id));
    }

    /** Returns the bytes of those that {@link #forgetStale} would forget, and that are meant. */
    long staleBytes(long now, Predicate<Instance> which) {
        long bytes = 0;
        for (var eldest : byId.values()) {
            if (!isStale(eldest, now)) {
                break;
            }
            bytes += eldest.instance() != null && which.test(eldest.instance())
                    ? eldest.instance().bytes()
                    : 0;
        }
        return bytes;
    }

    private void forgetWhile(Predicate<Tombstone> isOver) {
        Iterator<Tombstone> all = byId.values().iterator();
        while (all.hasNext()) {
            var eldest = all.next();
            if (!isOver.test(eldest)) {
                break;
            }
            all.remove();
            released(eldest);
        }
    }

    private @Nullable Tombstone released(@Nullable Tombstone tombstone) {
        if (tombstone != null && tombstone.instance() != null) {
            usage.release(tombstone.instance());
        }
        return tombstone;
    }

    private static boolean isStale(Tombstone tombstone, long now) {
        return tombstone.until() + REMEMBER_LONGER_MILLIS <= now;
    }
}
