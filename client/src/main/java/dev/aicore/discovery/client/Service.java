package dev.aicore.discovery.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Service whose list is kept current by a watch. Thread-safe. */
public interface Service {

    /** Returns the name of the service. */
    String name();

    /**
     * Picks an instance by the strategy. Waits at most the client's {@code firstAnswer} for the first list, and not at
     * all afterwards.
     *
     * @throws NoInstanceException if there is none
     */
    Pick pick();

    /**
     * Picks the instance of a key: the same one in every process and at the registry, whatever the strategy.
     *
     * @param key 1 to 1024 characters
     * @throws NoInstanceException if there is none
     */
    Pick pick(String key);

    /**
     * Begins a call of an instance that the caller chose, whatever the strategy. {@link Pick#next} picks another one.
     *
     * @param instance instance of this service, which may have gone meanwhile
     */
    Pick call(RegisteredInstance instance);

    /** Returns the eligible instances, ordered by id; the doubtful ones if there are no others. Never waits. */
    List<RegisteredInstance> instances();

    /** Returns the current list with its position. Never waits. */
    ServiceView view();

    /**
     * Waits for the first list, from the registry or the disk.
     *
     * @return false if there is none within the time
     */
    boolean awaitList(Duration timeout) throws InterruptedException;

    /**
     * Calls a listener with a snapshot of the present list, if there is one, and then with each change: in order, on
     * one thread, which the listener must not block.
     *
     * @return closes the subscription
     */
    Subscription onChange(Consumer<ServiceChange> listener);

    /** Returns the freshness of the list. */
    Freshness freshness();

    /** Returns true unless the registry was heard within the last 40 s. */
    default boolean isStale() {
        return freshness() == Freshness.STALE || freshness() == Freshness.MISSING;
    }

    /** Returns the time since the registry last confirmed the list; a very long one before the first list. */
    Duration age();

    /** Subscription of a listener. */
    interface Subscription extends AutoCloseable {

        /** Ends the subscription. A call under way is not awaited. */
        @Override
        void close();
    }
}
