package dev.aicore.discovery.query.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A fact as the store has it.
 *
 * @param revision of its shape
 * @param stream the shard, or the book, that decided it: its number
 * @param serviceId the instance that it is about; null if it isn't about a single one
 * @param data what it says, its envelope included
 */
record StoredFact(
        long position,
        Instant at,
        String type,
        int revision,
        int stream,
        @Nullable String serviceId,
        JsonNode data) {}
