package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of a configuration from a position on.
 *
 * @param version number of this version; of the deleted version if it is a deletion
 * @param restored number of the version that was restored; null unless it is a rollback
 * @param content null if the configuration was deleted
 * @param by metadata of the event that created it
 * @param position position of the fact
 * @param at time at which the fact was recorded
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
