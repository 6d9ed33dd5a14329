package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An instance that was overdue, had expired, or was removed by expiry was heard again.
 *
 * @param slot its place in the packed observations from here on; the same as before if it had only expired
 * @param generation the shard's checkpoints taken before the slot was given away
 * @param version of the declaration it comes back with
 * @param declaration what its owner last said about it
 * @param cause what was heard, in words
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
