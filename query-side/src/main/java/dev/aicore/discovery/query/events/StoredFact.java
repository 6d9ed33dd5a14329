package dev.aicore.discovery.query.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fact as it is stored.
 *
 * @param revision of the event type
 * @param stream number of the shard, or of the stream of keys or configurations, that decided the fact
 * @param serviceId id of the instance that the fact is about; null if it isn't about a single instance
 * @param data content including the event metadata; null if it can't be read
 * @param unreadable true if the content can't be read, in which case type and instance id may be damaged as well; null
 * if it can be read
 */
record StoredFact(
        long position,
        Instant at,
        String type,
        int revision,
        int stream,
        @Nullable String serviceId,
        @Nullable JsonNode data,
        @Nullable Boolean unreadable) {}
