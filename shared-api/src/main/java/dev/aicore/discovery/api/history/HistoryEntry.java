package dev.aicore.discovery.api.history;

import dev.aicore.discovery.api.instance.InstanceView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entry of the history: one fact or observation of an instance, a service, a key, or the registry as a whole.
 *
 * @param position position in the event store
 * @param at the time of recording
 * @param type the wire name of a fact, such as {@code LeaseExpired}; for an observation the kind, such as
 *     {@code CheckFailed}
 * @param action the word that groups related facts, such as {@code expire}
 * @param serviceId the id of the affected instance; null if the entry is not about a single instance
 * @param serviceName the affected service; null if the entry is not about a single service
 * @param summary the event in one sentence
 * @param evidence the evidence by the fact's member names, such as the check results that changed the health; null if
 *     the other members say everything
 * @param before the instance before the event; null if it was absent
 * @param after the instance after the event; null if it is absent
 * @param cause the reason of an action of the registry itself; null if a caller caused it
 * @param actor the principal that caused the event, {@code registry} for the registry itself; null for an observation,
 *     since the sender of a heartbeat is not stored
 * @param role the role that the actor acted in; null if {@code actor} is null
 * @param sourceAddress the caller's IP address; null for the registry itself
 * @param protocol how the action was requested, such as {@code rest}, {@code lease} or {@code check}
 * @param requestId the id of the request; null for the registry itself
 * @param idempotencyKey the idempotency key of the request; null if the caller gave no key
 * @param reason the reason that the caller gave; null if the caller gave no reason
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
        @Nullable String reason) {

    /** Page of history entries, oldest first. */
    public record HistoryView(List<HistoryEntry> entries) {
        public HistoryView {
            entries = List.copyOf(entries);
        }
    }
}
