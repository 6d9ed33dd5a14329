package dev.aicore.discovery.projection.history;

import static java.util.stream.Collectors.toMap;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.access.ApiKeyFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationKey;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.Declaration;
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
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates the audit entry of a fact. */
final class AuditFold {

    private static final Map<Class<?>, String> WIRE_NAMES =
            WireTypes.ALL.stream().collect(toMap(WireType::type, WireType::name));

    private AuditFold() {}

    /**
     * Returns the entry of an instance's fact.
     *
     * @param endpointBefore endpoint of the instance before the fact; null if unknown
     */
    static AuditEntry entry(@Nullable String endpointBefore, InstanceFact fact, long position, Instant at) {
        var declaration = declaration(fact);
        var endpoint = declaration == null ? endpointBefore : endpoint(declaration);
        return new AuditEntry(
                position,
                at,
                typeOf(fact),
                fact.id(),
                fact.service(),
                endpoint,
                fact.envelope(),
                cause(fact),
                FactSummary.of(fact, endpoint),
                Evidence.of(fact));
    }

    /** Returns the entry of an API key's fact, which has no service. */
    static AuditEntry entry(ApiKeyFact access, long position, Instant at) {
        return new AuditEntry(
                position, at, typeOf(access), null, null, null, access.envelope(), null, FactSummary.of(access), null);
    }

    /** Returns the entry of a configuration or its schema; their contents aren't in the audit. */
    static AuditEntry entry(ConfigurationFact fact, long position, Instant at) {
        return ofService(fact, fact.service(), fact.envelope(), null, FactSummary.of(fact), position, at);
    }

    /** Returns the entry of a key, whose service is the one that the key belongs to; values aren't in the audit. */
    static AuditEntry entry(KeyValueFact fact, long position, Instant at) {
        return new AuditEntry(
                position,
                at,
                typeOf(fact),
                null,
                ConfigurationKey.ownerOf(fact.key()),
                null,
                fact.envelope(),
                null,
                FactSummary.of(fact),
                null);
    }

    /** Returns the entry of a reset of a service's pick statistics. */
    static AuditEntry entry(PicksReset reset, long position, Instant at) {
        return ofService(reset, reset.service(), reset.envelope(), null, FactSummary.of(reset), position, at);
    }

    /** Returns the entry of a dropped dead letter; its cause is the error of the fold. */
    static AuditEntry entry(DeadLetterDropped dropped, long position, Instant at) {
        return new AuditEntry(
                position,
                at,
                typeOf(dropped),
                null,
                null,
                null,
                dropped.envelope(),
                dropped.error(),
                FactSummary.of(dropped),
                null);
    }

    /** Returns the entry of a quarantined event; its cause is the reason why the event couldn't be read. */
    static AuditEntry entry(EventQuarantined quarantined, long position, Instant at) {
        return new AuditEntry(
                position,
                at,
                typeOf(quarantined),
                quarantined.instance(),
                null,
                null,
                quarantined.envelope(),
                quarantined.reason(),
                FactSummary.of(quarantined),
                null);
    }

    /** Returns the entry of the start of self-preservation. */
    static AuditEntry entry(SelfPreservationEntered entered, long position, Instant at) {
        return ofService(
                entered, entered.service(), entered.envelope(), entered.cause(), FactSummary.of(entered), position, at);
    }

    /** Returns the entry of the end of self-preservation. */
    static AuditEntry entry(SelfPreservationExited exited, long position, Instant at) {
        return ofService(
                exited, exited.service(), exited.envelope(), exited.cause(), FactSummary.of(exited), position, at);
    }

    private static AuditEntry ofService(
            Object fact,
            String service,
            EventMetadata metadata,
            @Nullable String cause,
            String summary,
            long position,
            Instant at) {
        return new AuditEntry(position, at, typeOf(fact), null, service, null, metadata, cause, summary, null);
    }

    /** Returns the entry of a lease extension of a whole shard. */
    static AuditEntry entry(LeasesExtended extended, long position, Instant at) {
        return new AuditEntry(
                position,
                at,
                typeOf(extended),
                null,
                null,
                null,
                EventMetadata.ofRegistry("lease"),
                extended.cause(),
                FactSummary.of(extended),
                null);
    }

    private static @Nullable Declaration declaration(InstanceFact fact) {
        return switch (fact) {
            case InstanceRegistered registered -> registered.declaration();
            case InstanceUpdated updated -> updated.declaration();
            case InstanceRevived revived -> revived.declaration();
            case InstanceDeregistered _,
                    LeaseOverdue _,
                    LeaseExpired _,
                    InstanceRemoved _,
                    HealthChanged _,
                    CircuitChanged _,
                    MonitoringSwitched _,
                    InstanceAdopted _ -> null;
        };
    }

    private static @Nullable String cause(InstanceFact fact) {
        return switch (fact) {
            case LeaseOverdue overdue -> overdue.cause();
            case LeaseExpired expired -> expired.cause();
            case CircuitChanged changed -> changed.cause();
            case InstanceRemoved removed -> removed.cause();
            case InstanceRevived revived -> revived.cause();
            case HealthChanged changed -> changed.evidence();
            case InstanceRegistered _,
                    InstanceUpdated _,
                    InstanceDeregistered _,
                    MonitoringSwitched _,
                    InstanceAdopted _ -> null;
        };
    }

    private static String endpoint(Declaration declaration) {
        var address = declaration.address();
        return (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + declaration.port();
    }

    private static String typeOf(Object fact) {
        var name = WIRE_NAMES.get(fact.getClass());
        if (name == null) {
            throw new IllegalStateException(fact.getClass().getName() + " has no wire name.");
        }
        return name;
    }
}
