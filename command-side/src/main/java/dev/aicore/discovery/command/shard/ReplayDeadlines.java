package dev.aicore.discovery.command.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Deadlines of the instances of a replay, in the order in which they are reached. */
final class ReplayDeadlines {

    /** Interval at which a registry checks deadlines. */
    private static final long TICK_MILLIS = 100;

    private final TreeSet<Deadline> deadlines = new TreeSet<>();
    private final Map<String, Deadline> byId = new HashMap<>();

    private record Deadline(long at, String id) implements Comparable<Deadline> {

        @Override
        public int compareTo(Deadline other) {
            return at == other.at ? id.compareTo(other.id) : Long.compare(at, other.at);
        }
    }

    /** Files a deadline under the first tick after it; {@link Long#MAX_VALUE} for no deadline. */
    void file(String id, long dueAt) {
        if (dueAt == Long.MAX_VALUE) {
            forget(id);
        } else {
            fileAt(id, (dueAt / TICK_MILLIS + 1) * TICK_MILLIS);
        }
    }

    /** Files a deadline under a time, in place of the one that the instance has. */
    void fileAt(String id, long at) {
        forget(id);
        var deadline = new Deadline(at, id);
        deadlines.add(deadline);
        byId.put(id, deadline);
    }

    void forget(String id) {
        var deadline = byId.remove(id);
        if (deadline != null) {
            deadlines.remove(deadline);
        }
    }

    /** Returns true if the first deadline is before a time. */
    boolean isBefore(long time) {
        return !deadlines.isEmpty() && deadlines.first().at() < time;
    }

    /** Returns the time of the first deadline. */
    long time() {
        return deadlines.first().at();
    }

    /** Removes the first deadline and returns its instance. */
    String remove() {
        var id = deadlines.first().id();
        forget(id);
        return id;
    }
}
