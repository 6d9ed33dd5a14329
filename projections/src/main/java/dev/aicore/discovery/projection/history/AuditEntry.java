package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Entry of the audit.
 *
 * @param position position of the fact
 * @param at time at which the fact was recorded
 * @param type the fact's wire name
 * @param instanceId null for facts of a service or a shard
 * @param service null for a shard's own facts
 * @param endpoint endpoint of the instance at that time, such as {@code 10.0.0.1:8080}; null if unknown
 * @param envelope event metadata: actor, address and reason
 * @param cause reason of the registry's own decision; null if a caller acted
 * @param summary sentence without a full stop
 * @param evidence further details as JSON; null if there are none
 */
record AuditEntry(
        long position,
        Instant at,
        String type,
        @Nullable String instanceId,
        @Nullable String service,
        @Nullable String endpoint,
        EventMetadata envelope,
        @Nullable String cause,
        String summary,
        @Nullable String evidence) {}
