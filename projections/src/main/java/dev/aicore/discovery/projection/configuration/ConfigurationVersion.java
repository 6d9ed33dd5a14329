package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration was from a position on.
 *
 * @param version the last one that there was; the one that was deleted, if there is none any more
 * @param restored the version that it says again; null if it says something of its own
 * @param content null if it was deleted
 * @param by who made it so
 * @param at when that was recorded
 */
record ConfigurationVersion(
        String service,
        int version,
        @Nullable Integer restored,
        @Nullable String content,
        EventMetadata by,
        long position,
        Instant at) {

    boolean isDeleted() {
        return content == null;
    }
}
