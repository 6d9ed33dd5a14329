package dev.aicore.discovery.api.quarantine;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Stands at the position of an event that couldn't be read. What was found there is in the table {@code store.quarantine}; nobody knows what
 * it said, so it is folded as nothing.
 *
 * @param type the name of its type as its row had it; empty if it had none
 * @param instance whom it was about, as its row had it; null if it was about its shard
 * @param stream the name of its shard, or of its book
 * @param reason why it couldn't be read
 */
@Revision("1")
public record EventQuarantined(
        String type,
        @Nullable String instance,
        String stream,
        String reason,
        Instant quarantinedAt,
        EventMetadata envelope) {}
