package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history that people read.
 *
 * @param position of the fact
 * @param at when it was recorded
 * @param type the fact's wire name
 * @param instanceId null for facts of a service or a shard
 * @param service null for a shard's own facts
 * @param endpoint where the instance was then, such as {@code 10.0.0.1:8080}; null if that was never told
 * @param envelope who did it, from where and why
 * @param cause why the registry did it; null if a caller did
 * @param summary what happened, in a sentence without a full stop
 * @param evidence what speaks for it, as JSON; null if all is said
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
