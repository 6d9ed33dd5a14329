package dev.aicore.discovery.api.testing;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import java.time.Instant;

/** Builds {@link InstanceRegistered}. */
public final class InstanceRegisteredBuilder {

    private final String id;
    private final Declaration declaration;
    private int slot;
    private int generation;
    private String owner = "alice";
    private HealthState initialHealth = HealthState.HEALTHY;
    private Instant registeredAt = Instant.EPOCH;
    private EventMetadata envelope = EventMetadata.ofRegistry("test");

    private InstanceRegisteredBuilder(String id, Declaration declaration) {
        this.id = id;
        this.declaration = declaration;
    }

    /** Returns a builder of the registration of a healthy instance of the owner {@code alice} in slot 0. */
    public static InstanceRegisteredBuilder anInstanceRegistered(String id, Declaration declaration) {
        return new InstanceRegisteredBuilder(id, declaration);
    }

    public InstanceRegisteredBuilder slot(int value) {
        slot = value;
        return this;
    }

    public InstanceRegisteredBuilder generation(int value) {
        generation = value;
        return this;
    }

    public InstanceRegisteredBuilder owner(String value) {
        owner = value;
        return this;
    }

    public InstanceRegisteredBuilder initialHealth(HealthState value) {
        initialHealth = value;
        return this;
    }

    public InstanceRegisteredBuilder registeredAt(Instant value) {
        registeredAt = value;
        return this;
    }

    public InstanceRegisteredBuilder envelope(EventMetadata value) {
        envelope = value;
        return this;
    }

    public InstanceRegistered build() {
        return new InstanceRegistered(id, slot, generation, owner, declaration, initialHealth, registeredAt, envelope);
    }
}
