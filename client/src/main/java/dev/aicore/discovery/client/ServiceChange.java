package dev.aicore.discovery.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of a service, after which its list already contains the new state.
 *
 * @param service name of the service
 * @param position position of the change in the registry's event store
 * @param at time of the change by the registry's clock; null for a snapshot
 * @param id id of the instance; null for a snapshot, which replaces the whole list
 * @param instance new state of the instance; null for a snapshot, and if it is gone
 * @param reason why an instance is gone: {@code removed}, {@code deregistered} or {@code parked}; null otherwise
 */
public record ServiceChange(
        Type type,
        String service,
        long position,
        @Nullable Instant at,
        @Nullable String id,
        @Nullable RegisteredInstance instance,
        @Nullable String reason) {

    /** Type of a change. */
    public enum Type {
        SNAPSHOT,
        REGISTERED,
        CHANGED,
        GONE
    }
}
