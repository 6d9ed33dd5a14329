package dev.aicore.discovery.config.telemetry;

import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Log events that operators can search for. Their names and levels are public and stay the same when the text of a line
 * changes; {@code docs/operations.md} lists them. Other lines have no name.
 */
public enum LogEvent {
    REGISTERED("registered", Level.INFO, "An instance was registered."),
    UPDATED("updated", Level.INFO, "The declaration of an instance changed."),
    DEREGISTERED("deregistered", Level.INFO, "An instance was deregistered."),
    ADOPTED("adopted", Level.INFO, "An instance of an anonymous owner got an owner."),
    LEASE_OVERDUE("lease_overdue", Level.INFO, "An instance is silent, but self-preservation holds it back."),
    EXPIRED("expired", Level.INFO, "The lease of an instance expired."),
    REMOVED("removed", Level.INFO, "An expired instance was removed after the grace period."),
    REVIVED("revived", Level.INFO, "An expired or removed instance is back."),
    HEALTH_CHANGED("health_changed", Level.INFO, "The health of an instance changed."),
    CHECK_FAILED("check_failed", Level.DEBUG, "A health check failed."),
    MONITORING_SWITCHED("monitoring_switched", Level.INFO, "The checks of an instance were started or stopped."),
    BREAKER_OPENED("breaker_opened", Level.WARN, "The circuit breaker of an instance opened."),
    BREAKER_HALF_OPENED("breaker_half_opened", Level.INFO, "An open circuit breaker lets trial calls through."),
    BREAKER_CLOSED("breaker_closed", Level.INFO, "The circuit breaker of an instance closed."),
    PRESERVATION_ENTERED("preservation_entered", Level.WARN, "Instances of a service are held back."),
    PRESERVATION_EXITED("preservation_exited", Level.INFO, "No instance of a service is held back any more."),
    LEASES_EXTENDED("leases_extended", Level.DEBUG, "All leases of a shard were restarted."),
    PICK("pick", Level.DEBUG, "A discovery picked an instance."),
    PICKS_RESET("picks_reset", Level.INFO, "The pick counters of a service were reset."),
    CONFIGURATION_STORED("configuration_stored", Level.INFO, "A configuration got a new version."),
    CONFIGURATION_DELETED("configuration_deleted", Level.INFO, "A configuration was deleted."),
    SCHEMA_CHANGED("schema_changed", Level.INFO, "The schema of a configuration was declared or dropped."),
    KEY_VALUE_CHANGED("key_value_changed", Level.DEBUG, "A key was stored or deleted."),
    KEY_ISSUED("key_issued", Level.INFO, "An API key was issued."),
    KEY_ROTATED("key_rotated", Level.INFO, "An API key got a new secret."),
    KEY_REVOKED("key_revoked", Level.INFO, "An API key was revoked."),
    KEY_FIRST_USED("key_first_used", Level.INFO, "An API key was used for the first time."),
    SESSIONS_ENDED("sessions_ended", Level.INFO, "All sessions of an API key were ended."),
    REQUESTS_DENIED("requests_denied", Level.WARN, "Access control denied requests within the last minute."),
    REQUEST_FAILED("request_failed", Level.ERROR, "A request failed because of an internal error."),
    CONNECTIONS_REFUSED("connections_refused", Level.WARN, "Connections were refused because of a limit."),
    TAKEOVER("takeover", Level.INFO, "This node became the owner of the event store."),
    DEPOSED("deposed", Level.WARN, "This node doesn't own the event store any more."),
    STORE_UNAVAILABLE("store_unavailable", Level.WARN, "The event store can't be written."),
    STORE_RECOVERED("store_recovered", Level.INFO, "The event store is writable again."),
    STORE_FULL("store_full", Level.ERROR, "The volume of the event store has too little space."),
    SHARD_FAILED("shard_failed", Level.ERROR, "A shard can't be loaded."),
    SHARD_RECOVERED("shard_recovered", Level.INFO, "A shard that couldn't be loaded is loaded."),
    EVENT_QUARANTINED("event_quarantined", Level.WARN, "An unreadable event was quarantined."),
    FACT_PARKED("fact_parked", Level.WARN, "A projection couldn't fold a fact."),
    DEAD_LETTER_DROPPED("dead_letter_dropped", Level.WARN, "A parked fact was dropped."),
    PROJECTION_STOPPED("projection_stopped", Level.ERROR, "A projection stopped at an event."),
    REBUILD_STARTED("rebuild_started", Level.INFO, "A rebuild or a comparison of read models started."),
    REBUILD_ENDED("rebuild_ended", Level.INFO, "A rebuild or a comparison of read models is done."),
    REBUILD_FAILED("rebuild_failed", Level.WARN, "A rebuild or a comparison of read models failed."),
    CACHE_UNAVAILABLE("cache_unavailable", Level.WARN, "Redis can't be reached."),
    CACHE_RECOVERED("cache_recovered", Level.INFO, "Redis can be reached again."),
    READS_FAILED("reads_failed", Level.WARN, "Reads from PostgreSQL fail."),
    READS_RECOVERED("reads_recovered", Level.INFO, "Reads from PostgreSQL succeed again."),
    BRIDGE_FAILED("bridge_failed", Level.WARN, "A bridge to another registry failed."),
    OBSERVATIONS_DROPPED("observations_dropped", Level.INFO, "Retention dropped a partition of observations."),
    LOG_LEVEL_CHANGED("log_level_changed", Level.WARN, "The level of a logger was changed or set back."),
    LINES_SUPPRESSED("lines_suppressed", Level.WARN, "Lines were suppressed because of max_lines_per_second.");

    /** Keys of the values that a line carries besides its text. */
    public static final String NAME = "log_event";

    public static final String REQUEST_ID = "request_id";
    public static final String TRACE_ID = "trace_id";
    public static final String SPAN_ID = "span_id";
    public static final String POSITION = "position";
    public static final String SERVICE_NAME = "service_name";
    public static final String INSTANCE_ID = "instance_id";

    private final String displayName;
    private final Level level;
    private final String description;

    LogEvent(String displayName, Level level, String description) {
        this.displayName = displayName;
        this.level = level;
        this.description = description;
    }

    /** Returns the stable name. */
    public String displayName() {
        return displayName;
    }

    /** Returns the stable level. */
    public Level level() {
        return level;
    }

    /** Returns the description in one sentence. */
    public String description() {
        return description;
    }

    /** Returns true if a logger writes this event at present. */
    public boolean isEnabled(Logger logger) {
        return logger.isEnabledForLevel(level);
    }

    /** Adds the id of a request to a line, unless the thread adds it to all of its lines. */
    public static LoggingEventBuilder addRequestId(LoggingEventBuilder line, String requestId) {
        return MDC.get(REQUEST_ID) == null ? line.addKeyValue(REQUEST_ID, requestId) : line;
    }

    /** Begins a line with the level and the name of this event; does nothing if the level is disabled. */
    public LoggingEventBuilder on(Logger logger) {
        return isEnabled(logger)
                ? logger.makeLoggingEventBuilder(level).addKeyValue(NAME, displayName)
                : logger.atLevel(level);
    }
}
