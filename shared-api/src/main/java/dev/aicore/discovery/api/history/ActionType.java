package dev.aicore.discovery.api.history;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Groups the types of facts under one word for filters and history entries. */
public enum ActionType {
    REGISTER,
    UPDATE,
    DEREGISTER,
    REVIVE,
    EXPIRE,
    REMOVE,
    HEALTH,
    CIRCUIT,
    MONITOR,
    PRESERVE,
    GRACE,
    RESET,
    DROP,
    KEY,
    CONFIGURE,
    /** A fact of a newer version, unknown to this version. */
    OTHER;

    private static final Map<String, ActionType> BY_TYPE = Map.ofEntries(
            entry("InstanceRegistered", REGISTER),
            entry("InstanceUpdated", UPDATE),
            entry("InstanceAdopted", UPDATE),
            entry("InstanceDeregistered", DEREGISTER),
            entry("InstanceRevived", REVIVE),
            entry("LeaseOverdue", EXPIRE),
            entry("LeaseExpired", EXPIRE),
            entry("InstanceRemoved", REMOVE),
            entry("HealthChanged", HEALTH),
            entry("CircuitChanged", CIRCUIT),
            entry("MonitoringSwitched", MONITOR),
            entry("PreservationEntered", PRESERVE),
            entry("PreservationLeft", PRESERVE),
            entry("LeasesGraced", GRACE),
            entry("PicksReset", RESET),
            entry("DeadLetterDropped", DROP),
            entry("EventQuarantined", DROP),
            entry("KeyIssued", KEY),
            entry("KeyRotated", KEY),
            entry("KeyRevoked", KEY),
            entry("KeyFirstUsed", KEY),
            entry("SessionsEnded", KEY),
            entry("ConfigurationStored", CONFIGURE),
            entry("ConfigurationRolledBack", CONFIGURE),
            entry("ConfigurationDeleted", CONFIGURE),
            entry("ConfigurationSchemaDeclared", CONFIGURE),
            entry("ConfigurationSchemaDropped", CONFIGURE),
            entry("KeyValueStored", CONFIGURE),
            entry("KeyValueDeleted", CONFIGURE));

    /** Returns the action of a fact's type, given by its wire name; {@link #OTHER} for an unknown name. */
    public static ActionType of(String type) {
        return BY_TYPE.getOrDefault(type, OTHER);
    }

    /** Returns the actions that a caller can filter by, keyed by their JSON name. {@link #OTHER} is not among them. */
    public static Map<String, ActionType> byJsonName() {
        return Arrays.stream(values())
                .filter(actionType -> actionType != OTHER)
                .collect(toMap(ActionType::jsonName, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    /** Returns the wire names of the facts of this action. */
    public Set<String> types() {
        return BY_TYPE.entrySet().stream()
                .filter(known -> known.getValue() == this)
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }

    /** Returns the name in JSON. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
