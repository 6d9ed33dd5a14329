package dev.aicore.discovery.api.history;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened: to an instance, a service, a key, or the registry as a whole.
 *
 * @param position its place in the store
 * @param at when it was recorded
 * @param type the fact's name, such as {@code LeaseExpired}; of an observation, what was observed, such as {@code CheckFailed}
 * @param action what kind of thing it was, such as {@code expire}: one word for facts that belong together
 * @param serviceId the instance that it happened to; null if it concerns no single one
 * @param serviceName the service that it happened to; null if it concerns no single one
 * @param summary what happened, in a sentence
 * @param evidence what speaks for it, by the names of its fact, such as the results that turned its health; null if all is said
 * @param before the instance until then; null if it wasn't there
 * @param after the instance from then on; null if it wasn't there any more
 * @param cause why the registry did it; null if a caller did
 * @param actor the principal who did it, {@code registry} for the registry itself; null for what was observed, since with heartbeats
 *     their sender isn't kept
 * @param role the role that the actor acted in; null with the actor
 * @param sourceAddress the caller's IP address; null for the registry itself
 * @param protocol how it was asked for: {@code rest}, {@code lease}, {@code check}
 * @param requestId the request that asked for it; null for the registry itself
 * @param idempotencyKey the key that the caller gave with the request; null if none
 * @param reason the caller's words
 */
public record HistoryEntry(
        long position,
        Instant at,
        String type,
        String action,
        @Nullable String serviceId,
        @Nullable String serviceName,
        String summary,
        @Nullable Map<String, Object> evidence,
        @Nullable InstanceView before,
        @Nullable InstanceView after,
        @Nullable String cause,
        @Nullable String actor,
        @Nullable String role,
        @Nullable String sourceAddress,
        String protocol,
        @Nullable String requestId,
        @Nullable String idempotencyKey,
        @Nullable String reason) {}
