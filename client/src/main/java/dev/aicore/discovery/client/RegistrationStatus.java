package dev.aicore.discovery.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Status of a registration.
 *
 * @param id id of the instance; null before its first registration, unless it was declared
 * @param service name of the service
 * @param ready whether its heartbeats report it as healthy
 * @param lastHeartbeat time of the last heartbeat that the registry answered; null if there was none
 * @param error last error; null if the last request succeeded
 */
public record RegistrationStatus(
        @Nullable String id,
        String service,
        RegistrationState state,
        boolean ready,
        @Nullable Instant lastHeartbeat,
        @Nullable String error) {}
