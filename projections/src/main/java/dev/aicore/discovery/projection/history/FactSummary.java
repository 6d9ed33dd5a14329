package dev.aicore.discovery.projection.history;

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
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthState;
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
import org.jspecify.annotations.Nullable;

/** Describes a fact in a sentence. */
final class FactSummary {

    private FactSummary() {}

    /**
     * Returns the sentence without a full stop.
     *
     * @param endpoint endpoint of the instance; null if unknown
     */
    static String of(InstanceFact fact, @Nullable String endpoint) {
        var who = endpoint == null ? fact.service() + " (" + fact.id() + ")" : fact.service() + " at " + endpoint;
        var actor = fact.envelope().actor();
        return switch (fact) {
            case InstanceRegistered registered ->
                who + " was registered by " + actor
                        + version(registered.declaration().version())
                        + (registered.initialHealth() == HealthState.STARTING ? ", starting" : "");
            case InstanceUpdated updated -> who + UpdateDescription.of(updated);
            case InstanceDeregistered _ -> who + " was deregistered by " + actor;
            case LeaseOverdue overdue ->
                who + " fell silent for its ttl of " + overdue.ttl() + " s, and is held back: " + overdue.cause();
            case LeaseExpired expired -> who + " fell silent: no heartbeat for its ttl of " + expired.ttl() + " s";
            case InstanceRemoved removed ->
                who + " was removed: still silent after the grace period; a heartbeat until " + removed.revivableUntil()
                        + " brings it back";
            case InstanceRevived revived -> who + " came back: " + revived.cause();
            case HealthChanged changed ->
                who + " turned " + changed.to().jsonName() + results(changed.consecutive()) + ": " + changed.evidence();
            case CircuitChanged changed ->
                "the circuit of " + who + " went from " + changed.from().jsonName() + " to "
                        + changed.to().jsonName() + ": " + changed.cause();
            case MonitoringSwitched switched ->
                "the checks of " + who + " were " + (switched.monitored() ? "started" : "stopped") + " by " + actor;
            case InstanceAdopted adopted ->
                who + " belongs to " + adopted.owner() + " now, and no longer to " + adopted.previousOwner();
        };
    }

    static String of(ApiKeyFact access) {
        var by = " by " + access.envelope().actor();
        return switch (access) {
            case KeyIssued issued ->
                "the key " + issued.keyId() + " was issued to " + issued.principal() + ", as " + issued.role() + ","
                        + by;
            case KeyRotated rotated -> "the key " + rotated.keyId() + " got another secret" + by;
            case KeyRevoked revoked -> "the key " + revoked.keyId() + " was revoked" + by;
            case SessionsEnded ended -> "all sessions of the key " + ended.keyId() + " were ended" + by;
            case KeyFirstUsed first -> "the key " + first.keyId() + " was used for the first time" + by;
        };
    }

    static String of(ConfigurationFact fact) {
        var whose = "the configuration of " + fact.service();
        var by = " by " + fact.envelope().actor();
        return switch (fact) {
            case ConfigurationStored stored ->
                (stored.version() == 1 ? whose + " was created" + by : whose + " was changed" + by) + ", version "
                        + stored.version();
            case ConfigurationRolledBack back ->
                whose + " was rolled back to version " + back.restored() + by + ", as version " + back.version();
            case ConfigurationDeleted deleted ->
                whose + " was deleted" + by + "; its last version was " + deleted.version();
            case ConfigurationSchemaDeclared declared ->
                whose + " got a schema" + by + ", revision " + declared.revision();
            case ConfigurationSchemaDropped _ -> whose + " was freed of its schema" + by;
        };
    }

    static String of(KeyValueFact fact) {
        var which = "the key " + fact.key();
        var by = " by " + fact.envelope().actor();
        return switch (fact) {
            case KeyValueStored stored -> which + (stored.replaced() == 0 ? " was created" : " was changed") + by;
            case KeyValueDeleted _ -> which + " was deleted" + by;
        };
    }

    static String of(PicksReset reset) {
        return "the picks of " + reset.service() + " were reset by "
                + reset.envelope().actor();
    }

    static String of(EventQuarantined quarantined) {
        var type = quarantined.type().isEmpty() ? "an event" : quarantined.type();
        return type + " of " + (quarantined.instance() == null ? quarantined.stream() : quarantined.instance())
                + " couldn't be read, and was quarantined by "
                + quarantined.envelope().actor();
    }

    static String of(DeadLetterDropped dropped) {
        return "the fact at position " + dropped.dropped() + " (" + dropped.type() + " of " + dropped.sequence()
                + ") was dropped from " + String.join(", ", dropped.models()) + " by "
                + dropped.envelope().actor();
    }

    static String of(SelfPreservationEntered entered) {
        return "instances of " + entered.service() + " are held back: " + entered.cause();
    }

    static String of(SelfPreservationExited exited) {
        return "no instance of " + exited.service() + " is held back any more: " + exited.cause();
    }

    static String of(LeasesExtended extended) {
        return "every lease of " + extended.shard() + " runs anew from " + extended.from() + ": " + extended.detail();
    }

    private static String version(String version) {
        return version.isEmpty() ? "" : ", version " + version;
    }

    private static String results(int consecutive) {
        return switch (consecutive) {
            case 0 -> "";
            case 1 -> " after 1 result";
            default -> " after " + consecutive + " results in a row";
        };
    }
}
