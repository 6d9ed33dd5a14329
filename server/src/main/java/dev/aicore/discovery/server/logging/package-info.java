/**
 * Levels of the loggers of this process, which an admin can change for a limited time. Each change, and its end, is a
 * line of the log that no level suppresses.
 *
 * <pre>{@code
 * GET, PUT, DELETE /api/v1/admin/log-levels -> LogLevelController -> TemporaryLogLevels -> LoggingSystem
 *                                                                           |
 *                                                                           +-> logger dev.aicore.discovery.audit
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server.logging;

import org.jspecify.annotations.NullMarked;
