package dev.aicore.discovery.api.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lifecycle data of an instance.
 *
 * @param declarationVersion 1 at the registration, incremented by each update
 * @param registeredAt the time of the first registration
 * @param updatedAt the time of the last fact that changed the instance
 * @param lastHeartbeat the time of the last heartbeat, up to some seconds late; null if there is none yet, or if the
 *     query is about the past
 * @param position position of the last fact about the instance
 */
public record InstanceLifecycle(
        int declarationVersion,
        Instant registeredAt,
        Instant updatedAt,
        @Nullable Instant lastHeartbeat,
        long position) {}
