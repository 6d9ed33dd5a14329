package dev.aicore.discovery.healthchecks.probe;

import java.util.LinkedHashSet;

/**
 * Ids of the instances whose last script was slow. Evicts the id that was added first when full, since ids come and go.
 * Thread-safe.
 */
final class SlowScriptTracker {

    static final long SLOW_NANOS = 1_000_000_000;
    static final int MAX_SIZE = 10_000;

    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    synchronized void recordRun(String id, long nanos) {
        ids.remove(id);
        if (nanos < SLOW_NANOS) {
            return;
        }
        if (ids.size() == MAX_SIZE) {
            ids.removeFirst();
        }
        ids.add(id);
    }
}
