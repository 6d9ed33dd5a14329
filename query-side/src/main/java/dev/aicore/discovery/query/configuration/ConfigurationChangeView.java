package dev.aicore.discovery.query.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a configuration.
 *
 * @param position of the fact, and of no other change
 * @param at when it was recorded
 * @param configuration how it is from then on; null if it was deleted
 */
record ConfigurationChangeView(
        long position, Instant at, Type type, @Nullable ConfigurationView configuration) {

    /** What became of it. */
    enum Type {
        /** It says something else now, or for the first time. */
        CHANGED,
        /** It says what an older version said. */
        ROLLED_BACK,
        /** There is none any more. */
        DELETED
    }
}
