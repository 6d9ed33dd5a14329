package dev.aicore.discovery.server.logging;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.server.logging.LogLevelsView.LevelChangeView;
import dev.aicore.discovery.server.logging.LogLevelsView.LoggerLevelView;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import reactor.core.Disposable;

/**
 * Changes the levels of this process's loggers for a limited time, and logs who did so and why. The lines have a logger
 * with a fixed level of its own, so that no change suppresses them. Thread-safe.
 */
final class TemporaryLogLevels implements AutoCloseable {

    /** Maximum number of loggers whose levels are changed at a time. */
    static final int MAX_CHANGED = 20;

    /** Maximum number of listed loggers. */
    static final int MAX_LISTED = 500;

    /** Name of the logger of the changes. */
    static final String AUDIT_LOGGER = "dev.aicore.discovery.audit";

    private static final Logger AUDIT = LoggerFactory.getLogger(AUDIT_LOGGER);

    private final LoggingSystem loggingSystem;
    private final TimeSource time;
    private final BiFunction<Runnable, Duration, Disposable> timer;

    /** Active changes by the name of the logger; guarded by this. */
    private final Map<String, ActiveChange> changes = new HashMap<>();

    /**
     * Creates levels without changes.
     *
     * @param timer runs a task after a time, unless it is cancelled
     */
    TemporaryLogLevels(LoggingSystem loggingSystem, TimeSource time, BiFunction<Runnable, Duration, Disposable> timer) {
        this.loggingSystem = loggingSystem;
        this.time = time;
        this.timer = timer;
        loggingSystem.setLogLevel(AUDIT_LOGGER, LogLevel.INFO);
    }

    /**
     * Change that hasn't ended.
     *
     * @param previous the logger's own level before the change; null if it had none
     * @param deadline end by the monotonic clock, in nanoseconds
     * @param end task at the end
     */
    private record ActiveChange(
            LevelChangeView view, @Nullable LogLevel previous, long deadline, Disposable end) {}

    /** Returns the loggers that have a level of their own, ordered by name. */
    synchronized List<LoggerLevelView> list() {
        return loggingSystem.getLoggerConfigurations().stream()
                .filter(configuration -> configuration.getConfiguredLevel() != null)
                .map(this::view)
                .sorted(Comparator.comparing(LoggerLevelView::logger))
                .limit(MAX_LISTED)
                .toList();
    }

    /**
     * Changes the level of a logger. A further change of the same logger replaces the first one; its end sets back the
     * level that preceded the first one.
     *
     * @param duration time after which the level is set back
     * @throws RegistryException {@code not_found} if no such logger exists, {@code conflict} if too many levels are
     *     changed or the level is fixed
     */
    synchronized LoggerLevelView change(String logger, LogLevel level, Duration duration, Caller caller) {
        var before = require(logger);
        requireChangeable(logger);
        var replaced = changes.get(logger);
        if (replaced != null) {
            replaced.end().dispose();
        }
        var previous = replaced == null ? before.getConfiguredLevel() : replaced.previous();
        var now = time.now();
        var view = new LevelChangeView(caller.principal(), caller.reason(), nameOf(previous), now, now.plus(duration));
        long deadline = time.nanos() + duration.toNanos();
        var end = timer.apply(this::expire, duration);
        changes.put(logger, new ActiveChange(view, previous, deadline, end));
        loggingSystem.setLogLevel(logger, level);
        log(logger, before, caller, " until " + view.until());
        return view(require(logger));
    }

    /**
     * Sets back the level of a logger. Has no effect if it isn't changed.
     *
     * @throws RegistryException {@code not_found} if no such logger exists
     */
    synchronized LoggerLevelView reset(String logger, Caller caller) {
        var before = require(logger);
        if (restore(logger)) {
            log(logger, before, caller, "");
        }
        return view(require(logger));
    }

    /** Sets back the levels whose time is over. */
    synchronized void expire() {
        long now = time.nanos();
        var due = changes.entrySet().stream()
                .filter(change -> change.getValue().deadline() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
        for (var logger : due) {
            var before = require(logger);
            restore(logger);
            log(logger, before, null, "");
        }
    }

    /** Cancels the ends of all changes; the levels stay until the process ends. */
    @Override
    public synchronized void close() {
        changes.values().forEach(change -> change.end().dispose());
        changes.clear();
    }

    private boolean restore(String logger) {
        var change = changes.remove(logger);
        if (change == null) {
            return false;
        }
        change.end().dispose();
        loggingSystem.setLogLevel(logger, change.previous());
        return true;
    }

    /** Returns an existing logger: names of others would be stored without a bound. */
    private LoggerConfiguration require(String logger) {
        var configuration = loggingSystem.getLoggerConfiguration(logger);
        if (configuration == null) {
            throw new RegistryException(
                    ErrorCode.NOT_FOUND,
                    "This process has no logger with this name.",
                    new FieldError(
                            "logger",
                            "doesn't exist",
                            logger,
                            "ROOT, or the name of a package or a class that has a logger"));
        }
        return configuration;
    }

    private void requireChangeable(String logger) {
        if (logger.equals(AUDIT_LOGGER)) {
            throw conflict(logger, "has a fixed level", "another logger than that of the changes of levels");
        }
        if (!changes.containsKey(logger) && changes.size() >= MAX_CHANGED) {
            throw conflict(logger, "is one too many", "at most " + MAX_CHANGED + " changed loggers at a time");
        }
    }

    private static RegistryException conflict(String logger, String problem, String expected) {
        return new RegistryException(
                ErrorCode.CONFLICT,
                "The logger " + problem + "; expected " + expected + ".",
                new FieldError("logger", problem, logger, expected));
    }

    /** @param caller null if the time of a change is over */
    private void log(String logger, LoggerConfiguration before, @Nullable Caller caller, String end) {
        var line = LogEvent.LOG_LEVEL_CHANGED.on(AUDIT);
        var by = "after the time of the change";
        if (caller != null) {
            line = LogEvent.addRequestId(line, caller.requestId());
            var reason = caller.reason() == null ? "no reason given" : "reason: " + caller.reason();
            by = "by %s (%s) from %s%s, %s"
                    .formatted(caller.principal(), caller.role(), caller.sourceAddress(), end, reason);
        }
        line.log(
                "{}: {} from {} to {} {}",
                LogEvent.LOG_LEVEL_CHANGED.displayName(),
                logger,
                nameOf(before.getEffectiveLevel()),
                nameOf(require(logger).getEffectiveLevel()),
                by);
    }

    private LoggerLevelView view(LoggerConfiguration configuration) {
        var change = changes.get(configuration.getName());
        return new LoggerLevelView(
                configuration.getName(),
                nameOf(configuration.getConfiguredLevel()),
                configuration.getEffectiveLevel().name().toLowerCase(Locale.ROOT),
                change == null ? null : change.view());
    }

    private static @Nullable String nameOf(@Nullable LogLevel level) {
        return level == null ? null : level.name().toLowerCase(Locale.ROOT);
    }
}
