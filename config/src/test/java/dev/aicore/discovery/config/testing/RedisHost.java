package dev.aicore.discovery.config.testing;

/** Controls the Redis of a test class: one server, on the same port of this machine for the whole class. */
interface RedisHost extends AutoCloseable {

    /** Starts or restarts the server, empty. May return before it is ready. */
    void start();

    boolean isRunning();

    /** Kills the server like {@code kill -9}; returns after its end. */
    void kill();

    /** Suspends the server: it accepts connections and data, and doesn't answer. */
    void halt();

    /** Resumes the server after {@link #halt}; has no effect on a running one. */
    void resume();

    /** Removes the server and its files. */
    @Override
    void close();
}
