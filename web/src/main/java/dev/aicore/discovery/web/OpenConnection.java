package dev.aicore.discovery.web;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An open connection and its use. It is busy from the arrival of a complete request to the end of its answer, so a
 * caller that sends a request byte by byte counts as idle. Only its event loop changes its use; {@link ConnectionTable}
 * guards the other state.
 */
final class OpenConnection {

    private static final AttributeKey<OpenConnection> KEY = AttributeKey.valueOf(OpenConnection.class, "of");

    final Channel channel;
    final String network;

    /** Guarded by the table, like {@code rank} and {@code number}. */
    boolean counted;

    long rank;
    long number;

    /** True while the connection is in the order of idle connections; written only by the table. */
    volatile boolean listed;

    /** Closes the connection if it gets no request; null if it was refused. Only its event loop accesses it. */
    @Nullable
    Future<?> firstRequestTimer;

    private volatile long usedAt;
    private volatile boolean busy;
    private boolean used;

    /**
     * Creates an idle connection.
     *
     * @param now monotonic time in nanoseconds
     */
    OpenConnection(Channel channel, String network, long now) {
        this.channel = channel;
        this.network = network;
        this.usedAt = now;
        channel.attr(KEY).set(this);
    }

    /** Returns the connection of a channel. */
    static OpenConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** Records that a request has begun; its head is complete. */
    void use(long now) {
        used = true;
        usedAt = now;
    }

    void setBusy(boolean busy, long now) {
        usedAt = now;
        this.busy = busy;
    }

    /** Returns true if a request has ever begun on this connection. */
    boolean isUsed() {
        return used;
    }

    boolean isBusy() {
        return busy;
    }

    /** Returns the time of the last use: monotonic, in nanoseconds. */
    long usedAt() {
        return usedAt;
    }
}
