package dev.aicore.discovery.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Registered instance of this process: starting, ready, draining, left. Its heartbeats continue until it has left
 * or the client is closed. If the registry doesn't know the instance any more, it is registered again. Thread-safe.
 */
public interface Registration {

    /** Returns the declaration. */
    Instance instance();

    /** Returns the id of the instance; null before the first registration, unless the declaration has one. */
    @Nullable
    String id();

    /** Returns the present state, the time of the last heartbeat, and the last error. */
    RegistrationStatus status();

    /** Returns a future of the first registration; it fails if the registry refuses it. */
    CompletableFuture<Registration> registered();

    /** Reports the instance as healthy, now and with each heartbeat. */
    void ready();

    /** Reports the instance as unhealthy, now and with each heartbeat. */
    void notReady();

    /** Reports the number of open connections with each heartbeat. */
    void connections(IntSupplier source);

    /**
     * Changes the declaration: an update now, and the declaration of later registrations.
     *
     * @param changed the same name and id
     */
    void update(Instance changed);

    /**
     * Takes the instance out of service, or back: {@code maintenance} of the registry. Repeated while no node answers,
     * for at most {@code updateTimeout}. Later registrations of the instance have it, too.
     *
     * @throws RegistryRequestException if the registry refuses it, or if no node answers in time
     */
    void maintenance(boolean enabled, String reason);

    /** Announces that the instance finishes its calls and gets no new ones. Waits for {@code leaveTimeout} at most. */
    default void drain() {
        drain("draining");
    }

    /**
     * Announces that the instance finishes its calls. Waits for {@code leaveTimeout} at most.
     *
     * @param reason shown in the history
     */
    void drain(String reason);

    /**
     * Deregisters the instance and ends its heartbeats. Waits for {@code leaveTimeout} at most; without an answer, the
     * lease ends by itself.
     *
     * @param reason shown in the history
     */
    void leave(String reason);
}
