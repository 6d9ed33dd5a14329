package dev.aicore.discovery.query.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of a configuration.
 *
 * @param position of the fact; no other change has it
 * @param at time at which the fact was recorded
 * @param configuration state after the change; null if the configuration was deleted
 */
record ConfigurationChangeView(
        long position, Instant at, Type type, @Nullable ConfigurationView configuration) {

    /** Kind of change. */
    enum Type {
        /** Created, or replaced by new content. */
        CHANGED,
        /** Restored to the content of an older version. */
        ROLLED_BACK,
        /** Deleted. */
        DELETED
    }
}
