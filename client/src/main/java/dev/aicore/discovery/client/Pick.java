package dev.aicore.discovery.client;

import java.net.URI;

/**
 * One call of a picked instance, counted as under way until it is closed. Thread-safe; the first outcome counts.
 *
 * <pre>
 * try (Pick pick = payments.pick()) {
 *     call(pick.uri());
 *     pick.succeeded();
 * }
 * </pre>
 */
public interface Pick extends AutoCloseable {

    /** Returns the picked instance. */
    RegisteredInstance instance();

    /** Returns the address for the call. */
    default URI uri() {
        return instance().uri();
    }

    /** Records that the call succeeded. */
    void succeeded();

    /** Records that the call failed through the instance. */
    void failed();

    /** Records that the call says nothing about the instance, such as one that the caller cancelled. */
    void discarded();

    /**
     * Picks another instance than those already tried in this call. This pick is closed, and failed unless it has an
     * outcome.
     *
     * @throws NoInstanceException if all instances were tried
     */
    Pick next();

    /** Ends the call. Without an outcome, it failed. */
    @Override
    void close();
}
