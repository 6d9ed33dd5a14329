package dev.aicore.discovery.api.testing;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceRevived;
import java.time.Instant;

/** Builds {@link InstanceRevived}. */
public final class InstanceRevivedBuilder {

    private final String id;
    private final Declaration declaration;
    private int slot;
    private int generation;
    private int version = 1;
    private Instant revivedAt = Instant.EPOCH;
    private String cause = "It sent a heartbeat.";
    private EventMetadata envelope = EventMetadata.ofRegistry("lease");

    private InstanceRevivedBuilder(String id, Declaration declaration) {
        this.id = id;
        this.declaration = declaration;
    }

    /** Returns a builder of the revival of an instance in slot 0 by a heartbeat. */
    public static InstanceRevivedBuilder anInstanceRevived(String id, Declaration declaration) {
        return new InstanceRevivedBuilder(id, declaration);
    }

    public InstanceRevivedBuilder slot(int value) {
        slot = value;
        return this;
    }

    public InstanceRevivedBuilder generation(int value) {
        generation = value;
        return this;
    }

    public InstanceRevivedBuilder version(int value) {
        version = value;
        return this;
    }

    public InstanceRevivedBuilder revivedAt(Instant value) {
        revivedAt = value;
        return this;
    }

    public InstanceRevivedBuilder cause(String value) {
        cause = value;
        return this;
    }

    public InstanceRevivedBuilder envelope(EventMetadata value) {
        envelope = value;
        return this;
    }

    public InstanceRevived build() {
        return new InstanceRevived(id, slot, generation, version, declaration, revivedAt, cause, envelope);
    }
}
