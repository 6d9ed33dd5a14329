package dev.aicore.discovery.api.wire;

import dev.aicore.discovery.api.access.KeyFirstUsed;
import dev.aicore.discovery.api.access.KeyIssued;
import dev.aicore.discovery.api.access.KeyRevoked;
import dev.aicore.discovery.api.access.KeyRotated;
import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.api.configuration.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationStored;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.instance.CircuitChanged;
import dev.aicore.discovery.api.instance.HealthChanged;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.instance.LeaseExpired;
import dev.aicore.discovery.api.instance.LeaseOverdue;
import dev.aicore.discovery.api.instance.MonitoringSwitched;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.quarantine.EventQuarantined;
import dev.aicore.discovery.api.shard.LeasesExtended;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardOpened;
import java.util.List;

/** Lists every event type that the event store can hold. */
public final class WireTypes {

    public static final List<WireType<?>> ALL = List.of(
            WireType.json("InstanceRegistered", 2, InstanceRegistered.class),
            WireType.json("InstanceUpdated", 2, InstanceUpdated.class),
            WireType.json("InstanceDeregistered", 1, InstanceDeregistered.class),
            WireType.json("LeaseExpired", 1, LeaseExpired.class),
            WireType.json("InstanceRemoved", 1, InstanceRemoved.class),
            WireType.json("InstanceRevived", 1, InstanceRevived.class),
            WireType.json("HealthChanged", 2, HealthChanged.class),
            WireType.json("CircuitChanged", 1, CircuitChanged.class),
            WireType.json("LeaseOverdue", 1, LeaseOverdue.class),
            WireType.json("PreservationEntered", 1, SelfPreservationEntered.class),
            WireType.json("PreservationLeft", 1, SelfPreservationExited.class),
            WireType.json("MonitoringSwitched", 1, MonitoringSwitched.class),
            WireType.json("InstanceAdopted", 1, InstanceAdopted.class),
            WireType.json("PicksReset", 1, PicksReset.class),
            WireType.json("DeadLetterDropped", 1, DeadLetterDropped.class),
            WireType.json("EventQuarantined", 1, EventQuarantined.class),
            WireType.json("KeyIssued", 1, KeyIssued.class),
            WireType.json("KeyRotated", 1, KeyRotated.class),
            WireType.json("KeyRevoked", 1, KeyRevoked.class),
            WireType.json("KeyFirstUsed", 1, KeyFirstUsed.class),
            WireType.json("ConfigurationStored", 1, ConfigurationStored.class),
            WireType.json("ConfigurationRolledBack", 1, ConfigurationRolledBack.class),
            WireType.json("ConfigurationDeleted", 1, ConfigurationDeleted.class),
            WireType.json("ConfigurationSchemaDeclared", 1, ConfigurationSchemaDeclared.class),
            WireType.json("ConfigurationSchemaDropped", 1, ConfigurationSchemaDropped.class),
            WireType.json("ShardOpened", 1, ShardOpened.class),
            WireType.json("LeasesGraced", 1, LeasesExtended.class),
            new WireType<>("O", 1, ObservationsRecorded.class, ObservationsRecorded::new),
            new WireType<>("ShardCheckpointed", 1, ShardCheckpointed.class, ShardCheckpointed::new));

    private WireTypes() {}

    /**
     * Returns the wire name of an event class.
     *
     * @throws IllegalArgumentException if events of this class are not stored
     */
    public static String nameOf(Class<?> type) {
        return ALL.stream()
                .filter(known -> known.type() == type)
                .map(WireType::name)
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(type + " is not the type of a stored event."));
    }
}
