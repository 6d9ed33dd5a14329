package dev.aicore.discovery.command.history;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.access.ApiKeyFact;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyFirstUsed;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.access.ApiKeyFact.SessionsEnded;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.telemetry.TraceContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Line of the log about a fact.
 *
 * @param text sentence without full stop, with nothing from a caller but names and ids
 * @param service name of the service; null if the fact is about none
 * @param instance id of the instance; null if the fact is about none
 * @param by who caused the fact; null if unknown
 */
record FactLine(
        String text,
        @Nullable String service,
        @Nullable String instance,
        @Nullable EventMetadata by) {

    /** Returns the log event of an event; null if it isn't logged. */
    static @Nullable LogEvent eventOf(@Nullable Object event) {
        return switch (event) {
            case InstanceFact fact -> eventOf(fact);
            case ApiKeyFact fact -> eventOf(fact);
            case ConfigurationFact fact -> eventOf(fact);
            case KeyValueFact _ -> LogEvent.KEY_VALUE_CHANGED;
            case PicksReset _ -> LogEvent.PICKS_RESET;
            case EventQuarantined _ -> LogEvent.EVENT_QUARANTINED;
            case DeadLetterDropped _ -> LogEvent.DEAD_LETTER_DROPPED;
            case SelfPreservationEntered _ -> LogEvent.PRESERVATION_ENTERED;
            case SelfPreservationExited _ -> LogEvent.PRESERVATION_EXITED;
            case LeasesExtended _ -> LogEvent.LEASES_EXTENDED;
            case null, default -> null;
        };
    }

    /** Describes an event that {@link #eventOf} has a log event for. */
    static FactLine of(Object event) {
        return switch (event) {
            case InstanceFact fact -> new FactLine(text(fact), fact.service(), fact.id(), fact.envelope());
            case ApiKeyFact fact -> caused("Key " + fact.keyId(), null, fact.envelope());
            case ConfigurationFact fact -> caused("Configuration", fact.service(), fact.envelope());
            case KeyValueFact fact -> caused("Key " + fact.key(), null, fact.envelope());
            case PicksReset reset -> caused("Picks", reset.service(), reset.envelope());
            case EventQuarantined quarantined ->
                new FactLine(
                        "Event " + quarantined.type() + " of " + quarantined.stream() + ": " + quarantined.reason(),
                        null,
                        quarantined.instance(),
                        quarantined.envelope());
            case DeadLetterDropped dropped ->
                caused("Fact at position " + dropped.dropped() + " of " + dropped.sequence(), null, dropped.envelope());
            case SelfPreservationEntered entered ->
                new FactLine(entered.cause(), entered.service(), null, entered.envelope());
            case SelfPreservationExited exited ->
                new FactLine(exited.cause(), exited.service(), null, exited.envelope());
            case LeasesExtended extended ->
                new FactLine("Leases of " + extended.shard() + ": " + extended.detail(), null, null, null);
            default -> new FactLine(event.getClass().getSimpleName(), null, null, null);
        };
    }

    private static FactLine caused(String subject, @Nullable String service, EventMetadata by) {
        return new FactLine(subject + by(by), service, null, by);
    }

    /**
     * Writes the line.
     *
     * @param position position of the event in the store
     */
    void write(Logger logger, LogEvent event, long position) {
        var line = event.on(logger).addKeyValue(LogEvent.POSITION, position);
        if (service != null) {
            line = line.addKeyValue(LogEvent.SERVICE_NAME, service);
        }
        if (instance != null) {
            line = line.addKeyValue(LogEvent.INSTANCE_ID, instance);
        }
        if (by != null && by.requestId() != null) {
            line = line.addKeyValue(LogEvent.REQUEST_ID, by.requestId());
        }
        var trace = by == null ? null : TraceContext.parse(by.traceParent());
        if (trace != null) {
            line = trace.addTo(line);
        }
        line.log("{}: {}", event.displayName(), text);
    }

    private static LogEvent eventOf(InstanceFact instanceFact) {
        return switch (instanceFact) {
            case InstanceRegistered _ -> LogEvent.REGISTERED;
            case InstanceUpdated _ -> LogEvent.UPDATED;
            case InstanceDeregistered _ -> LogEvent.DEREGISTERED;
            case LeaseOverdue _ -> LogEvent.LEASE_OVERDUE;
            case LeaseExpired _ -> LogEvent.EXPIRED;
            case InstanceRemoved _ -> LogEvent.REMOVED;
            case InstanceRevived _ -> LogEvent.REVIVED;
            case HealthChanged _ -> LogEvent.HEALTH_CHANGED;
            case CircuitChanged changed ->
                switch (changed.to()) {
                    case OPEN -> LogEvent.BREAKER_OPENED;
                    case HALF_OPEN -> LogEvent.BREAKER_HALF_OPENED;
                    case CLOSED -> LogEvent.BREAKER_CLOSED;
                };
            case MonitoringSwitched _ -> LogEvent.MONITORING_SWITCHED;
            case InstanceAdopted _ -> LogEvent.ADOPTED;
        };
    }

    private static LogEvent eventOf(ApiKeyFact apiKeyFact) {
        return switch (apiKeyFact) {
            case KeyIssued _ -> LogEvent.KEY_ISSUED;
            case KeyRotated _ -> LogEvent.KEY_ROTATED;
            case KeyRevoked _ -> LogEvent.KEY_REVOKED;
            case SessionsEnded _ -> LogEvent.SESSIONS_ENDED;
            case KeyFirstUsed _ -> LogEvent.KEY_FIRST_USED;
        };
    }

    private static LogEvent eventOf(ConfigurationFact configurationFact) {
        return switch (configurationFact) {
            case ConfigurationStored _, ConfigurationRolledBack _ -> LogEvent.CONFIGURATION_STORED;
            case ConfigurationDeleted _ -> LogEvent.CONFIGURATION_DELETED;
            case ConfigurationSchemaDeclared _, ConfigurationSchemaDropped _ -> LogEvent.SCHEMA_CHANGED;
        };
    }

    private static String text(InstanceFact fact) {
        var who = fact.service() + " (" + fact.id() + ")";
        return switch (fact) {
            case LeaseOverdue overdue -> who + ": " + overdue.cause();
            case LeaseExpired expired -> who + ": no heartbeat for its ttl of " + expired.ttl() + " s";
            case InstanceRemoved removed -> who + ": " + removed.cause();
            case InstanceRevived revived -> who + ": " + revived.cause();
            case HealthChanged changed ->
                who + ": " + changed.to().jsonName() + ", was " + changed.from().jsonName();
            case CircuitChanged changed -> who + ": " + changed.cause();
            case MonitoringSwitched switched ->
                who + ": " + (switched.monitored() ? "started" : "stopped") + by(switched.envelope());
            case InstanceAdopted adopted -> who + ": owner " + adopted.owner();
            case InstanceRegistered _, InstanceUpdated _, InstanceDeregistered _ -> who + by(fact.envelope());
        };
    }

    private static String by(EventMetadata metadata) {
        return " by " + metadata.actor();
    }
}
