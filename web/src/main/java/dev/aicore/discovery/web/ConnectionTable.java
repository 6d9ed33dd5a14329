package dev.aicore.discovery.web;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the open connections, of all and of each network, in the order in which they were last used. A use isn't told: the order is
 * corrected where somebody looks for the longest idle connection, so that requests don't wait for a lock.
 */
final class ConnectionTable {

    private final int max;
    private final int maxOfNetwork;
    private final NetworkConnections all = new NetworkConnections();
    private final Map<String, NetworkConnections> networks = new HashMap<>();
    private long numbers;

    /**
     * Makes an empty one.
     *
     * @param max how many connections may be open, at least 1
     * @param maxOfNetwork how many of one network, at least 1
     */
    ConnectionTable(int max, int maxOfNetwork) {
        this.max = max;
        this.maxOfNetwork = maxOfNetwork;
    }

    /**
     * What became of a new connection.
     *
     * @param admitted whether it may stay
     * @param evicted what is to be closed in its place, and counts no more; null if there was room
     */
    record AdmissionDecision(boolean admitted, @Nullable OpenConnection evicted) {}

    /**
     * Takes in a new connection. Beyond a bound it takes the place of the longest idle one, of its own network where that has its
     * share; where none is idle it isn't taken in.
     *
     * @param bounded whether the share of its network is bounded
     */
    synchronized AdmissionDecision admit(OpenConnection connection, boolean bounded) {
        var own = networks.get(connection.network);
        OpenConnection evicted = null;
        if (bounded && own != null && own.open >= maxOfNetwork) {
            evicted = longestIdle(own);
        } else if (all.open < max) {
            add(connection);
            return new AdmissionDecision(true, null);
        } else {
            evicted = longestIdle(all);
        }
        if (evicted == null) {
            return new AdmissionDecision(false, null);
        }
        remove(evicted);
        add(connection);
        return new AdmissionDecision(true, evicted);
    }

    /** Takes in one beyond every bound: it was evicted, and asked something in that moment. */
    synchronized void restore(OpenConnection connection) {
        add(connection);
    }

    /** Takes one out that is closed; without effect on one that isn't in. */
    synchronized void remove(OpenConnection connection) {
        if (!connection.counted) {
            return;
        }
        connection.counted = false;
        unlist(connection);
        all.open--;
        if (--share(connection).open == 0) {
            networks.remove(connection.network);
        }
    }

    /** Puts one that was found busy back into the order, since its request has ended. */
    synchronized void list(OpenConnection connection) {
        if (connection.counted && !connection.listed) {
            connection.rank = connection.usedAt();
            connection.listed = true;
            all.idle.add(connection);
            share(connection).idle.add(connection);
        }
    }

    synchronized int open() {
        return all.open;
    }

    private void add(OpenConnection connection) {
        connection.counted = true;
        connection.number = numbers++;
        all.open++;
        networks.computeIfAbsent(connection.network, _ -> new NetworkConnections()).open++;
        list(connection);
    }

    private @Nullable OpenConnection longestIdle(NetworkConnections networkConnections) {
        while (!networkConnections.idle.isEmpty()) {
            var first = networkConnections.idle.first();
            boolean current = !first.isBusy() && first.usedAt() == first.rank;
            if (current) {
                return first;
            }
            unlist(first);
            // Its event loop puts it back when its request ends; if that was just now, it may have missed that it must.
            if (!first.isBusy()) {
                list(first);
            }
        }
        return null;
    }

    private void unlist(OpenConnection connection) {
        if (connection.listed) {
            all.idle.remove(connection);
            share(connection).idle.remove(connection);
            connection.listed = false;
        }
    }

    private NetworkConnections share(OpenConnection connection) {
        var networkConnections = networks.get(connection.network);
        if (networkConnections == null) {
            throw new IllegalStateException("A connection of " + connection.network + ", which has none.");
        }
        return networkConnections;
    }

    /** How many are open, and those of them that were idle when they were last looked at. */
    private static final class NetworkConnections {

        private static final Comparator<OpenConnection> LONGEST_IDLE_FIRST = Comparator.<OpenConnection>comparingLong(
                        connection -> connection.rank)
                .thenComparingLong(connection -> connection.number);

        private final TreeSet<OpenConnection> idle = new TreeSet<>(LONGEST_IDLE_FIRST);
        private int open;
    }
}
