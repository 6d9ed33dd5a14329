package dev.aicore.discovery.web;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the open connections, in total and per network, in the order of their last use. A use doesn't update the order,
 * so that requests don't wait for a lock. The order is corrected when the longest idle connection is determined.
 */
final class ConnectionTable {

    private final int max;
    private final int maxPerNetwork;
    private final NetworkConnections allConnections = new NetworkConnections();
    private final Map<String, NetworkConnections> networks = new HashMap<>();
    private long numbers;

    /**
     * Creates an empty table.
     *
     * @param max maximum number of open connections, at least 1
     * @param maxPerNetwork maximum number of open connections of one network, at least 1
     */
    ConnectionTable(int max, int maxPerNetwork) {
        this.max = max;
        this.maxPerNetwork = maxPerNetwork;
    }

    /**
     * Result of the admission of a new connection.
     *
     * @param admitted whether the connection may stay
     * @param evicted connection to close in its place, no longer in the table; null if there is none
     */
    record AdmissionDecision(boolean admitted, @Nullable OpenConnection evicted) {}

    /**
     * Admits a new connection. Beyond a bound it replaces the longest idle connection: of its own network if the
     * network's bound is reached, otherwise of all. Doesn't admit it if no connection is idle.
     *
     * @param bounded whether the bound of its network applies
     */
    synchronized AdmissionDecision admit(OpenConnection connection, boolean bounded) {
        var own = networks.get(connection.network);
        OpenConnection evicted = null;
        if (bounded && own != null && own.open >= maxPerNetwork) {
            evicted = longestIdle(own);
        } else if (allConnections.open < max) {
            add(connection);
            return new AdmissionDecision(true, null);
        } else {
            evicted = longestIdle(allConnections);
        }
        if (evicted == null) {
            return new AdmissionDecision(false, null);
        }
        remove(evicted);
        add(connection);
        return new AdmissionDecision(true, evicted);
    }

    /** Adds a connection beyond every bound. It was evicted while its next request arrived. */
    synchronized void restore(OpenConnection connection) {
        add(connection);
    }

    /** Removes a closed connection; without effect if the table doesn't contain it. */
    synchronized void remove(OpenConnection connection) {
        if (!connection.counted) {
            return;
        }
        connection.counted = false;
        removeFromIdle(connection);
        allConnections.open--;
        if (--connectionsOf(connection).open == 0) {
            networks.remove(connection.network);
        }
    }

    /** Puts a connection that was found busy back into the order, because its request has ended. */
    synchronized void list(OpenConnection connection) {
        if (connection.counted && !connection.listed) {
            connection.rank = connection.usedAt();
            connection.listed = true;
            allConnections.idle.add(connection);
            connectionsOf(connection).idle.add(connection);
        }
    }

    synchronized int open() {
        return allConnections.open;
    }

    private void add(OpenConnection connection) {
        connection.counted = true;
        connection.number = numbers++;
        allConnections.open++;
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
            removeFromIdle(first);
            // Its event loop puts it back when its request ends. If that was just now, the loop may have seen it still
            // listed.
            if (!first.isBusy()) {
                list(first);
            }
        }
        return null;
    }

    private void removeFromIdle(OpenConnection connection) {
        if (connection.listed) {
            allConnections.idle.remove(connection);
            connectionsOf(connection).idle.remove(connection);
            connection.listed = false;
        }
    }

    private NetworkConnections connectionsOf(OpenConnection connection) {
        var networkConnections = networks.get(connection.network);
        if (networkConnections == null) {
            throw new IllegalStateException("No entry for the network " + connection.network + " of a connection.");
        }
        return networkConnections;
    }

    /** Number of open connections, and the order of those that were idle at their last inspection. */
    private static final class NetworkConnections {

        private static final Comparator<OpenConnection> LONGEST_IDLE_FIRST = Comparator.<OpenConnection>comparingLong(
                        connection -> connection.rank)
                .thenComparingLong(connection -> connection.number);

        private final TreeSet<OpenConnection> idle = new TreeSet<>(LONGEST_IDLE_FIRST);
        private int open;
    }
}
