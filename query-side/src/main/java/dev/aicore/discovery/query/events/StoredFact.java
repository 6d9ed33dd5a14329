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
 * @param data what it says, its envelope included; null if that can't be read
 * @param unreadable true if what it says can't be read, so that its type and its instance may be damaged, too; null if it can
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
