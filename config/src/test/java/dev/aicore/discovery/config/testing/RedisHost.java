package dev.aicore.discovery.config.testing;

/** Where the Redis of a test class runs: one server, on one port of this machine while the class lasts. */
interface RedisHost extends AutoCloseable {

    /** Starts it, or starts it again with nothing in it; it needn't be ready yet. */
    void start();

    boolean isRunning();

    /** As {@code kill -9} does; returns when it is gone. */
    void kill();

    /** From now on it accepts and hears, and answers nothing. */
    void halt();

    /** Lets it go on after {@link #halt}; nothing happens if it does. */
    void resume();

    /** Leaves nothing behind. */
    @Override
    void close();
}
