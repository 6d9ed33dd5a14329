package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.health.HealthState;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: an instance was registered, for the first time or again after it was gone.
 *
 * <p>Revision 1 had no {@code initial_health}: every instance counted as healthy.
 *
 * @param slot the slot by which the shard's packed observations name the instance until it is gone
 * @param generation number of checkpoints of the shard before the slot was assigned
 * @param owner the owner's principal
 * @param declaration the declaration, as version 1
 * @param initialHealth the health state until the first result
 * @param registeredAt the time of the decision; the lease starts here
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
