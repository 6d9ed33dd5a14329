package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a heartbeat, a passed check or a registration revived an instance that was overdue, expired, or removed by
 * expiry.
 *
 * @param slot the slot in packed observations from here on; unchanged if the instance was not removed
 * @param generation number of checkpoints of the shard at the time of the decision
 * @param version version of the declaration
 * @param declaration the last declaration of the owner
 * @param cause the reason, such as a heartbeat, in words
 */
@Revision("1")
public record InstanceRevived(
        String id,
        int slot,
        int generation,
        int version,
        Declaration declaration,
        Instant revivedAt,
        String cause,
        EventMetadata envelope)
        implements InstanceFact {

    @Override
    public String service() {
        return declaration.name();
    }
}
