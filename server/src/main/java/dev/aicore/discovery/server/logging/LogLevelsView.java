package dev.aicore.discovery.server.logging;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loggers of this process that have a level of their own, ordered by name.
 *
 * @param loggers at most {@value TemporaryLogLevels#MAX_LISTED}; the other loggers have the level of the next one above
 */
record LogLevelsView(List<LoggerLevelView> loggers) {

    LogLevelsView {
        loggers = List.copyOf(loggers);
    }

    /**
     * Level of one logger.
     *
     * @param configuredLevel the logger's own level; null if it has that of the next logger above
     * @param effectiveLevel the level that applies
     * @param change the change at run time; null if the level is that of the settings
     */
    record LoggerLevelView(
            String logger,
            @Nullable String configuredLevel,
            String effectiveLevel,
            @Nullable LevelChangeView change) {}

    /**
     * Change of a level at run time.
     *
     * @param by the principal that changed it
     * @param reason reason in the caller's words; null if none was given
     * @param previousLevel the logger's own level that is set back; null if it had none
     * @param until time at which the level is set back
     */
    record LevelChangeView(
            String by, @Nullable String reason, @Nullable String previousLevel, Instant changedAt, Instant until) {}
}
