package dev.aicore.discovery.api.wire;

import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyFirstUsed;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.access.ApiKeyFact.SessionsEnded;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
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
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardOpened;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
            WireType.json("SessionsEnded", 1, SessionsEnded.class),
            WireType.json("ConfigurationStored", 1, ConfigurationStored.class),
            WireType.json("ConfigurationRolledBack", 1, ConfigurationRolledBack.class),
            WireType.json("ConfigurationDeleted", 1, ConfigurationDeleted.class),
            WireType.json("ConfigurationSchemaDeclared", 1, ConfigurationSchemaDeclared.class),
            WireType.json("ConfigurationSchemaDropped", 1, ConfigurationSchemaDropped.class),
            WireType.json("KeyValueStored", 1, KeyValueStored.class),
            WireType.json("KeyValueDeleted", 1, KeyValueDeleted.class),
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

    /**
     * Binds a stored event type to its Java class.
     *
     * @param name wire name, which never changes and is never derived from the class
     * @param revision newest revision, the one that the class represents
     * @param type the current Java class
     * @param unpack creates the event from its stored bytes; null if the event is stored as JSON
     */
    public record WireType<T extends RegistryEvent>(
            String name,
            int revision,
            Class<T> type,
            @Nullable Function<byte[], T> unpack) {

        static <T extends RegistryEvent> WireType<T> json(String name, int revision, Class<T> type) {
            return new WireType<>(name, revision, type, null);
        }
    }
}
