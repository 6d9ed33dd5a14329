package dev.aicore.discovery.command.collector;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The ids that have gone from a shard and aren't forgotten: as many as the shard itself remembers, and the eldest go first there too. */
final class Departed {

    static final int MOST = 8_192;

    private final LinkedHashMap<String, Tracked> byId = new LinkedHashMap<>();

    synchronized int size() {
        return byId.size();
    }

    /** Takes one more in; the eldest if that is one too many, else null. */
    synchronized @Nullable Tracked add(Tracked tracked) {
        byId.putIfAbsent(tracked.id, tracked);
        return byId.size() > MOST ? byId.pollFirstEntry().getValue() : null;
    }

    synchronized void remove(Tracked tracked) {
        byId.remove(tracked.id, tracked);
    }
}
