package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An instance came into being, or came again after it had gone.
 *
 * <p>Revision 1 had no {@code initial_health}: every instance counted as healthy.
 *
 * @param slot its place in the shard's packed observations, until it goes
 * @param generation the shard's checkpoints taken before the slot was given away
 * @param owner the principal it belongs to
 * @param declaration what its owner says about it, as version 1
 * @param initialHealth what it counts as until it is heard of
 * @param registeredAt when it was decided; the lease runs from here
 */
@Revision("2")
public record InstanceRegistered(
        String id,
        int slot,
        int generation,
        String owner,
        Declaration declaration,
        HealthState initialHealth,
        Instant registeredAt,
        EventMetadata envelope)
        implements InstanceFact {

    @Override
    public String service() {
        return declaration.name();
    }
}
