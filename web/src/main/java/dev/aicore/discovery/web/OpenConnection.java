package dev.aicore.discovery.web;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * A connection that is open, with what is known of its use. It is busy from the arrival of a whole request to the end of its answer:
 * who sends a request byte by byte is idle meanwhile. Only its event loop changes that; {@link ConnectionTable} has the rest.
 */
final class OpenConnection {

    private static final AttributeKey<OpenConnection> KEY = AttributeKey.valueOf(OpenConnection.class, "of");

    final Channel channel;
    final String network;

    /** The three are guarded by the table. */
    boolean counted;

    long rank;
    long number;

    /** Whether it stands in the order of the idle; written by the table alone. */
    volatile boolean listed;

    private volatile long usedAt;
    private volatile boolean busy;
    private boolean used;

    /** @param now monotonic, in nanoseconds */
    OpenConnection(Channel channel, String network, long now) {
        this.channel = channel;
        this.network = network;
        this.usedAt = now;
        channel.attr(KEY).set(this);
    }

    /** Returns the connection that this is the channel of. */
    static OpenConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** Notes that a request has begun; its head is whole. */
    void use(long now) {
        used = true;
        usedAt = now;
    }

    void setBusy(boolean busy, long now) {
        usedAt = now;
        this.busy = busy;
    }

    /** Returns whether a request has ever begun on it. */
    boolean isUsed() {
        return used;
    }

    boolean isBusy() {
        return busy;
    }

    /** Returns when it was last used: monotonic, in nanoseconds. */
    long usedAt() {
        return usedAt;
    }
}
