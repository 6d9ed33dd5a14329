package dev.aicore.discovery.api.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance has got to in its life.
 *
 * @param declarationVersion 1 when it is registered, one more with each update
 * @param registeredAt when it was first registered
 * @param updatedAt when a fact last changed anything about it
 * @param lastHeartbeat when it was last heard, to within some seconds; null if it wasn't yet, or is asked of the past
 * @param position of the last fact about it
 */
public record InstanceLifecycle(
        int declarationVersion,
        Instant registeredAt,
        Instant updatedAt,
        @Nullable Instant lastHeartbeat,
        long position) {}
